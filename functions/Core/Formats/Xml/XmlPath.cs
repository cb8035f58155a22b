using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>An element on the way to the records.</summary>
/// <param name="Wire">Its name.</param>
/// <param name="Prefix">The prefix written.</param>
/// <param name="Namespace">Its namespace; null: any.</param>
sealed record XmlStep(string Wire, string? Prefix, string? Namespace);

/// <summary>Where the records of a file stand: a path of the decoded document, with the elements it leads through.</summary>
/// <param name="Steps">The elements from the root; the last is a record's.</param>
/// <param name="Name">The member that holds the records.</param>
/// <param name="Record">The shape of a record.</param>
sealed record XmlPath(ImmutableArray<XmlStep> Steps, string Name, Shape? Record)
{
    public static Outcome<XmlPath> Of(Shape? document, string? path)
    {
        if (path is null || JsonPointer.Segments(path) is not { Length: > 0 } segments) return new Problem("path", FormatMessages.NoXmlPath);
        var steps = ImmutableArray.CreateBuilder<XmlStep>();
        var (shape, space, name) = (document, new XmlStep("", null, null), "");
        foreach (var segment in segments)
        {
            name = segment;
            if (XmlNames.IsWrapped(shape)) return Nowhere(path);
            var member = XmlNames.Of(shape).Named(segment);
            if (member is { IsAttribute: true } || (member is null && shape is ObjectShape { Closed: true } or ScalarShape or ArrayShape) || !XmlNames.IsName(member?.Wire ?? segment)) return Nowhere(path);
            shape = member?.Shape;
            Step(member?.Wire ?? segment);
        }

        if (shape is ArrayShape list && XmlNames.IsWrapped(list))
        {
            shape = list.Item;
            Step(XmlNames.ItemName(list, name));
        }

        if (steps.Count < 2) return Nowhere(path);
        return new XmlPath(steps.ToImmutable(), name, shape);

        void Step(string wire)
        {
            if (shape?.Xml?.Namespace is { } uri) space = new XmlStep("", shape.Xml.Prefix, uri);
            steps.Add(space with { Wire = wire });
        }
    }

    static Problem Nowhere(string path) => new("path", FormatMessages.NoXmlRecords(path), Value: Problem.Preview(path));
}

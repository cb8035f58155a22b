namespace Interop.Core;

/// <summary>Where something stands in a file: 1-based line and column.</summary>
/// <param name="File">The file's name as the user knows it; empty for a message's payload.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record Place(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => File.Length == 0 ? $"line {Line}, column {Column}" : $"{File}:{Line}:{Column}";
}

/// <summary>One reason why an input is not as it must be.</summary>
/// <param name="Rule">The rule broken: a short stable name in kebab case, such as <c>required</c> or <c>unknown-code</c>.</param>
/// <param name="Message">A sentence for the person who can mend it: what is wrong and the remedy.</param>
/// <param name="Path">Where in the data, as a JSON Pointer or a path of the format; empty for the whole.</param>
/// <param name="Value">The offending value, shortened by <see cref="Preview"/>; never written to logs, since it may be personal data.</param>
/// <param name="Place">Where in the text, if it is known.</param>
public sealed record Problem(string Rule, string Message, string Path = "", string? Value = null, Place? Place = null)
{
    const int PreviewLength = 60;

    /// <summary>The byte in the document, from 0, if it is known.</summary>
    public long? Offset { get; init; }

    /// <summary>A value short enough to show: at most 60 characters, cut with an ellipsis.</summary>
    public static string Preview(string value) => value.Length <= PreviewLength ? value : string.Concat(value.AsSpan(0, PreviewLength - 1), "…");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(": ", new[] { Place?.ToString() ?? "", Path, Message }.Where(part => part.Length > 0)) + $" [{Rule}]";
}

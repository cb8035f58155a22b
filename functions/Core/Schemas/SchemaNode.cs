using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>One keyword's test of a value; it reports to the visit what is wrong.</summary>
delegate void Check(Visit visit, JsonValue value);

/// <summary>A compiled schema: the checks that validate, and the facts that make a <see cref="Shape"/>. Filled by <see cref="SchemaCompiler"/>, then left alone.</summary>
sealed class SchemaNode(Place place)
{
    const int SmallMembers = 3;

    public Place Place => place;

    public List<Check> Checks { get; } = [];

    /// <summary>The keywords that stand in it; what does not know one of them does not know the schema.</summary>
    public List<string> Keywords { get; } = [];

    /// <summary>Those of which no fact is kept here, with what follows them.</summary>
    public List<SourceEntry> Others { get; } = [];

    public string? Title { get; set; }

    public string? Description { get; set; }

    public XmlHint? Xml { get; set; }

    public CsvHint? Csv { get; set; }

    public FixedWidthHint? FixedWidth { get; set; }

    public ColumnHint? Column { get; set; }

    public RecordHint? Record { get; set; }

    public JsonTypes? Types { get; set; }

    public ImmutableArray<JsonValue> Allowed { get; set; } = [];

    /// <summary>Schemas of the same value that always apply: <c>$ref</c>, <c>allOf</c>.</summary>
    public List<SchemaNode> Always { get; } = [];

    /// <summary>Schemas of the same value that may apply: <c>anyOf</c>, <c>oneOf</c>, <c>then</c>, <c>else</c>.</summary>
    public List<SchemaNode> Sometimes { get; } = [];

    /// <summary>Schemas of the same value that only ask: <c>not</c>, <c>if</c>.</summary>
    public List<SchemaNode> Questions { get; } = [];

    public List<KeyValuePair<string, SchemaNode>> Properties { get; } = [];

    public List<string> Required { get; } = [];

    /// <summary>Members of which the second must be there if the first is.</summary>
    public List<(string Beside, string Name)> Dependents { get; } = [];

    /// <summary>Whether it says how many members an object has.</summary>
    public bool CountsMembers { get; set; }

    public List<SchemaNode> ByPattern { get; } = [];

    public SchemaNode? Additional { get; set; }

    public bool Closed { get; set; }

    public SchemaNode? Items { get; set; }

    public bool HasPositions { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool Unique { get; set; }

    public string? Format { get; set; }

    public string? Pattern { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public double? Minimum { get; set; }

    public double? Maximum { get; set; }

    public void Validate(Visit visit, JsonValue value)
    {
        // A schema that only refers to another leaves it to that to know; what is small is looked into as quickly.
        var isKept = Checks.Count > 1 && value.OwnMembers is { Count: > SmallMembers };
        if (!visit.Begin() || (isKept && visit.Knows(this, value))) return;
        var before = visit.Found;
        var around = visit.Look(this, isKept ? value.OwnMembers : null);
        foreach (var check in Checks)
        {
            if (visit.Enough) break;
            check(visit, value);
        }

        visit.LookBack(around);
        if (isKept) visit.Looked(this, value, before);
    }
}

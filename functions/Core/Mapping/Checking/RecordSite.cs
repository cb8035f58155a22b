using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

enum RecordSiteKind
{
    /// <summary>A single value.</summary>
    Value,

    /// <summary>An item of a list that has parts.</summary>
    Item,

    /// <summary>A single value that is an item of a list.</summary>
    ListedValue,
}

/// <summary>A place in a whole document that is changed alone.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Kind">Of which kind it is.</param>
/// <param name="Value">What stands there.</param>
readonly record struct RecordSite(RecordPlace Place, RecordSiteKind Kind, JsonValue Value)
{
    /// <summary>Its pointer.</summary>
    public string Pointer => Place.Pointer;

    /// <summary>The same with <c>*</c> for every item of a list.</summary>
    public string Key => Place.Key;

    /// <summary>What may stand there.</summary>
    public Shape Shape => Place.Shape!;

    /// <summary>Its path, as a field would name it; an item's is that of its list.</summary>
    public string Path => SampleBase.PathOf(Pointer);
}

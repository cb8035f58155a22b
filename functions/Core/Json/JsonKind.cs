namespace Interop.Core.Json;

/// <summary>The six kinds of JSON value, in jq's sort order (false and true are one kind here).</summary>
public enum JsonKind
{
    /// <summary>null</summary>
    Null,

    /// <summary>false or true</summary>
    Boolean,

    /// <summary>A number; see <see cref="JsonValue.NumberText"/> for literals beyond a double.</summary>
    Number,

    /// <summary>A string</summary>
    String,

    /// <summary>An array</summary>
    Array,

    /// <summary>An object; members keep their order</summary>
    Object,
}

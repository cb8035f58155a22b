using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>One record of a file, or why it cannot be read. A bad record does not end the rest.</summary>
/// <param name="Number">The record's number in the file, from 1; a header that names the columns is none.</param>
/// <param name="Offset">The byte in the file where it begins, from 0.</param>
/// <param name="Member">The member of the whole document that holds such records; empty where the record is the document.</param>
/// <param name="Value">The record, as the whole document would hold it.</param>
public sealed record FormatRecord(long Number, long Offset, string Member, Outcome<JsonValue> Value);

using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Canonical;

/// <summary>A record without the members that came with versions after the one it is read by. Codes and values that are new stay: what cannot be left out is refused.</summary>
/// <param name="Record">What is left.</param>
/// <param name="LeftOut">JSON Pointers of what was taken out, as it stood in the whole record.</param>
public sealed record NarrowedRecord(JsonValue Record, ImmutableArray<string> LeftOut);

using System.Buffers;
using System.Collections.Immutable;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;

namespace Interop.Core.Mapping;

/// <summary>A document as it was received, translated.</summary>
/// <param name="Result">What it became.</param>
/// <param name="Asked">The texts that were asked for, or numbers as they were written; null where there is none.</param>
public sealed record ReceivedDocument(MappingResult Result, ImmutableArray<string?> Asked);

/// <summary>The compiled form of a definition, and the documents that it and the interpreter share: see "How it runs" in docs/mappings.md.</summary>
public sealed partial class MappingDefinition
{
    readonly Lazy<Compilation> compiledIn;
    readonly Lazy<Compilation> compiledOut;
    readonly Lazy<TapeReader?> documentReader;
    readonly Lazy<TapeWriter?> documentWriter;

    /// <summary>
    /// Translates the bytes of a document to those of what it becomes, both JSON, with all that <see cref="Translate"/> checks and without making anything for it. It answers only if all
    /// is well. If not, or if the definition holds what is not compiled, nothing is written and <see cref="Translate"/> is to be asked.
    /// </summary>
    /// <param name="json">The decoded document, or the canonical record.</param>
    /// <param name="direction">Which way; the definition must go that way.</param>
    /// <param name="output">Takes the JSON of what <see cref="Translate"/> would give.</param>
    /// <param name="limits">The limits of a message if none are given.</param>
    public bool TryTranslate(ReadOnlySpan<byte> json, MappingDirection direction, IBufferWriter<byte> output, FormatLimits? limits = null) =>
        Compiled(direction).Plan is { } plan && plan.TryTranslate(plan.Json, json, limits ?? FormatLimits.Message, output);

    /// <summary>As <see cref="TryTranslate"/>, from a document in the system's own format.</summary>
    public bool TryReceive(ReadOnlySpan<byte> document, IBufferWriter<byte> output, FormatLimits? limits = null) =>
        documentReader.Value is { } reader && Compiled(MappingDirection.In).Plan!.TryTranslate(reader, document, limits ?? FormatLimits.Message, output);

    /// <summary>As <see cref="TryTranslate"/>, from a canonical record to a document in the system's own format.</summary>
    public bool TrySend(ReadOnlySpan<byte> record, IBufferWriter<byte> output, FormatLimits? limits = null)
    {
        if (Compiled(MappingDirection.Out).Plan is not { } plan || (Format != "json" && documentWriter.Value is null)) return false;
        return plan.TryTranslate(plan.Json, record, limits ?? FormatLimits.Message, output, documentWriter.Value);
    }

    /// <summary>Translates a canonical record to a document of the system, as it is sent; compiled where that answers.</summary>
    /// <returns>The document; or every problem, told where it stands in the record or in what it became.</returns>
    public Outcome<byte[]> Send(JsonValue record)
    {
        if (Utf8Of(record) is { } json)
        {
            var output = new ArrayBufferWriter<byte>(Math.Max(json.Length, 1));
            if (TrySend(json, output)) return output.WrittenSpan.ToArray();
        }

        var translated = Interpret(record, MappingDirection.Out);
        return translated.Succeeded ? Formats.Format.All[Format].Write(translated.Value, source.Shape) : translated.Problems;
    }

    /// <summary>Decodes a document of the system and translates it, compiled where that answers.</summary>
    /// <param name="document">The bytes as received.</param>
    /// <param name="asked">JSON Pointers of members in the decoded document whose texts are wanted besides.</param>
    /// <returns>What it became, with its problems; or why it cannot be decoded.</returns>
    public Outcome<ReceivedDocument> Receive(ReadOnlySpan<byte> document, ImmutableArray<string> asked)
    {
        Check(MappingDirection.In);
        if (documentReader.Value is { } reader && Compiled(MappingDirection.In).Plan!.TryTranslate(reader, document, FormatLimits.Message, asked) is var (value, texts))
            return new ReceivedDocument(new MappingResult(value, []), texts);
        return Formats.Format.All[Format].Read(document, source.Shape).Then<ReceivedDocument>(decoded => Receive(decoded, asked));
    }

    /// <summary>As <see cref="Receive(ReadOnlySpan{byte}, ImmutableArray{string})"/>, for a document that is decoded already.</summary>
    public ReceivedDocument Receive(JsonValue decoded, ImmutableArray<string> asked) => new(Translate(decoded, MappingDirection.In), [.. asked.Select(pointer => TextAt(decoded, pointer))]);

    /// <summary>What in the definition, or in its schemas, is not compiled, so that every document is translated by the interpreter; empty if all is.</summary>
    public ImmutableArray<string> NotCompiled(MappingDirection direction) => Compiled(direction).Reasons;

    static string? TextAt(JsonValue decoded, string pointer)
    {
        var found = pointer.Split('/').Skip(1).Aggregate(decoded, (value, name) => value[name]);
        return found.Kind == JsonKind.Number ? found.NumberText : found.StringOrNull;
    }

    MappingResult? Quickly(JsonValue document, MappingDirection direction) =>
        Compiled(direction).Plan is { } plan && Utf8Of(document) is { } json && plan.TryTranslate(plan.Json, json, FormatLimits.Message, []) is var (value, _) ? new MappingResult(value, []) : null;

    // A value that is no Unicode text is written with a replacement character, and would come out as something else than the interpreter's.
    static byte[]? Utf8Of(JsonValue document)
    {
        var json = document.ToUtf8();
        return json.AsSpan().IndexOf("\\uFFFD"u8) >= 0 || json.AsSpan().IndexOf("\uFFFD"u8) >= 0 ? null : json;
    }

    Compilation Compiled(MappingDirection direction)
    {
        Check(direction);
        return (direction == MappingDirection.In ? compiledIn : compiledOut).Value;
    }

    TapeReader? DocumentReader() => Direction.HasFlag(MappingDirection.In) && Compiled(MappingDirection.In).Plan is { } plan ? Format switch
    {
        "json" => plan.Json,
        "xml" => XmlForm.Of(plan.Source, source.Shape) is { } form ? new XmlTapeReader(form) : null,
        _ => null,
    } : null;
    TapeWriter? DocumentWriter() => Format == "xml" && Compiled(MappingDirection.Out).Plan is { } plan && XmlForm.Of(plan.Form, source.Shape) is { } form ? XmlTapeWriter.Of(form) : null;
}

using System.Buffers;
using Interop.Core.Mapping;
using Interop.Core.Tests.Formats;

namespace Interop.Core.Tests.Mapping.Compiled;

/// <summary>What a message costs in memory. A pattern keeps what one thread at a time matches with, and another that uses the same pattern meanwhile makes its own.</summary>
[Collection(nameof(AloneOnTheHeap))]
public sealed class CompiledMemory
{
    [Theory]
    [InlineData("rms-occurrence", MappingDirection.In)]
    [InlineData("rms-occurrence", MappingDirection.Out)]
    [InlineData("command-and-control-incident", MappingDirection.In)]
    [InlineData("eligibility-check", MappingDirection.Out)]
    [InlineData("home-office-outcome", MappingDirection.In)]
    [InlineData("notify-sms", MappingDirection.Out)]
    public void Nothing_is_made_for_a_message(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        var output = new ArrayBufferWriter<byte>(1 << 16);
        var document = CompiledMappings.Examples(definition, way).Select(example => example.ToUtf8()).First(example => definition.TryTranslate(example, way, output));
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        definition.TryTranslate(document, way, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

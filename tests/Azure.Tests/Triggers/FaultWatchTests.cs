using System.Collections.Immutable;
using System.Reflection;
using Interop.Functions.Triggers;
using Interop.Platform.Storage;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace Interop.Azure.Tests.Triggers;

/// <summary>What the host logs of a fault: where it came from, and nothing that it quotes.</summary>
public sealed class FaultWatchTests
{
    [Theory]
    [InlineData("serviceBusTrigger", typeof(InvalidOperationException), typeof(FunctionFault))]
    [InlineData("timerTrigger", typeof(HttpRequestException), typeof(FunctionFault))]
    [InlineData("activityTrigger", typeof(StoreException), typeof(StoreException))]
    [InlineData("orchestrationTrigger", typeof(InvalidOperationException), typeof(InvalidOperationException))]
    public async Task Function_ThatFails_FailsForTheHostWithoutWhatItQuotes(string trigger, Type fault, Type seen)
    {
        var binding = new Mock<BindingMetadata>(MockBehavior.Strict);
        binding.Setup(bound => bound.Type).Returns(trigger);
        var definition = new Mock<FunctionDefinition>(MockBehavior.Strict);
        definition.Setup(function => function.InputBindings).Returns(ImmutableDictionary<string, BindingMetadata>.Empty.Add("input", binding.Object));
        var context = new Mock<FunctionContext>(MockBehavior.Strict);
        context.Setup(call => call.FunctionDefinition).Returns(definition.Object);

        var thrown = await Assert.ThrowsAsync(seen, () => new FaultWatch().Invoke(context.Object, _ => throw (Exception)Activator.CreateInstance(fault, "Ann Example is known.")!));

        Assert.Equal(fault == seen, thrown.ToString().Contains("Ann", StringComparison.Ordinal));
        Assert.Contains(fault.FullName!, thrown.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(FaultWatch), thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_lines_take_no_exceptions()
    {
        var lines = new[] { typeof(FaultWatch).Assembly, typeof(StoreException).Assembly, typeof(Interop.Local.Secrets.KeyFile).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name == "Logs").SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)).ToArray();
        Assert.True(lines.Length > 15, $"{lines.Length} lines");
        Assert.DoesNotContain(lines, line => line.GetParameters().Any(parameter => typeof(Exception).IsAssignableFrom(parameter.ParameterType)));
    }
}

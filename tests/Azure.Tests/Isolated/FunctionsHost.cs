using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.Isolated;

/// <summary>The other end of a Functions worker: the stream of messages that the Functions host has with it (AzureFunctionsRpcMessages.FunctionRpc over gRPC), each as JSON.</summary>
/// <remarks>The messages are described by the worker's own package, whose generated types are internal: their descriptor is all that is needed.</remarks>
sealed class FunctionsHost : IAsyncDisposable
{
    const string Stream = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";
    static readonly MessageDescriptor Message = (MessageDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.StreamingMessage", throwOnError: true)!.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    // A status that is the first of its kind is said too.
    static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    readonly WebApplication web;
    readonly Channel<IMessage> toWorker = Channel.CreateUnbounded<IMessage>();
    readonly ConcurrentQueue<JsonValue> heard = new();

    FunctionsHost(WebApplication web) => this.web = web;

    public Uri Address => new(web.Urls.First());

    public static async Task<FunctionsHost> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var host = new FunctionsHost(builder.Build());
        host.web.MapPost(Stream, host.Talk);
        await host.web.StartAsync();
        return host;
    }

    /// <summary>Says something to the worker.</summary>
    public void Say(string json) => toWorker.Writer.TryWrite(JsonParser.Default.Parse(json, Message));

    /// <summary>What the worker says under that name, once it is said.</summary>
    public async Task<JsonValue> Heard(string name, Func<JsonValue, bool>? wanted = null) => (await Eventually.Seen(
        $"the worker says {name}", () => Task.FromResult(heard.Select(message => message[name]).Where(said => !said.IsNull && wanted?.Invoke(said) != false).Select(said => new Said(said)).FirstOrDefault()))).Value;

    public async ValueTask DisposeAsync()
    {
        toWorker.Writer.TryComplete();
        await web.DisposeAsync();
    }

    sealed record Said(JsonValue Value);

    async Task Talk(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.StartAsync();
        var saying = Say(context);
        try
        {
            while (await Next(context) is { } message) heard.Enqueue(JsonValue.Parse(System.Text.Encoding.UTF8.GetBytes(Formatter.Format(message))).Value);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The worker was stopped.
        }

        toWorker.Writer.TryComplete();
        await saying;
        context.Response.AppendTrailer("grpc-status", "0");
    }

    async Task Say(HttpContext context)
    {
        await foreach (var message in toWorker.Reader.ReadAllAsync())
        {
            var body = message.ToByteArray();
            var frame = new byte[5 + body.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
            body.CopyTo(frame, 5);
            await context.Response.BodyWriter.WriteAsync(frame);
        }
    }

    // A frame is a flag, a length of four bytes, and the message.
    static async Task<IMessage?> Next(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var head = await reader.ReadAtLeastAsync(5);
        if (head.Buffer.Length < 5) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(head.Buffer.Slice(1, 4).ToArray());
        reader.AdvanceTo(head.Buffer.GetPosition(5));
        var body = await reader.ReadAtLeastAsync(length);
        var message = Message.Parser.ParseFrom(body.Buffer.Slice(0, length).ToArray());
        reader.AdvanceTo(body.Buffer.GetPosition(length));
        return message;
    }
}

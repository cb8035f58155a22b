using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.World;

/// <summary>Keeps the lines that the host logs, each with the name of its event, which alerts are set on.</summary>
sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(string? Event, string Text)> Lines { get; } = new();

    public IEnumerable<string> Of(string name) => Lines.Where(line => line.Event == name).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue((eventId.Name, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}

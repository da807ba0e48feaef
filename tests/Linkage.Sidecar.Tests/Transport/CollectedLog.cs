using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>Keeps what a server logs.</summary>
internal sealed class CollectedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, $"{formatter(state, exception)}{exception}"));

    public void Dispose()
    {
    }
}

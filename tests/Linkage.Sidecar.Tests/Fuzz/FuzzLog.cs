using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Reads what a server logs and keeps only what it should not have logged.</summary>
internal sealed class FuzzLog : ILoggerProvider, ILogger
{
    private const int MostKept = 20;

    private volatile IReadOnlyList<string> _secrets = [];

    /// <summary>Errors, and lines with a secret in them.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>What no line may hold.</summary>
    public void Guard(IReadOnlyList<string> secrets) => _secrets = secrets;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        string line = $"{formatter(state, exception)}{exception}";
        bool isSecret = _secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        if ((isSecret || logLevel >= LogLevel.Error) && Faults.Count < MostKept)
        {
            Faults.Enqueue(isSecret ? $"A line of event {eventId.Id} holds a secret." : line);
        }
    }

    public void Dispose()
    {
    }
}

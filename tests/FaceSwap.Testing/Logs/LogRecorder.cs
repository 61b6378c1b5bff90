using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FaceSwap.Testing.Logs;

/// <summary>Keeps what code in this process logs. Add it as a logger provider.</summary>
public sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = [];

    public IReadOnlyList<LogLine> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, lines);

    /// <summary>Fails when a warning or worse was logged that contains none of the expected texts.</summary>
    public void AssertNothingUnexpected(params string[] expected) => Assert.Empty(lines.Where(line =>
        line.Level >= LogLevel.Warning && !expected.Any(text => line.Message.Contains(text, StringComparison.Ordinal))));

    public void Dispose()
    {
        // What was recorded is read after the container is gone.
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, category, eventId.Id, $"{formatter(state, exception)}{exception}"));
    }
}

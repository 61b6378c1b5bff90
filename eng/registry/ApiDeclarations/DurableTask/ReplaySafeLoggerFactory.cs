// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Creates replay-safe loggers over a context's own factory, which it does not own.</summary>
internal sealed class ReplaySafeLoggerFactory(Func<bool> isReplaying, Func<ILoggerFactory> inner) : ILoggerFactory
{
    // A context that wraps a context hands on a factory that is replay-safe already.
    private const int DeepestWrapping = 10;

    public static ILoggerFactory Unwrap(ILoggerFactory factory)
    {
        for (var depth = 0; factory is ReplaySafeLoggerFactory wrapped; depth++)
        {
            if (depth == DeepestWrapping)
            {
                throw new InvalidOperationException("The context's logger factory leads back to itself: hand on the inner context's factory.");
            }

            factory = wrapped.Inner;
        }

        return factory;
    }

    private ILoggerFactory Inner => inner();

    public ILogger CreateLogger(string categoryName) =>
        new ReplaySafeLogger(isReplaying, Unwrap(this).CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A replay-safe logger factory takes no providers.");

    public void Dispose()
    {
    }
}

using System.Collections.Concurrent;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages;

/// <summary>Keeps messages at work, whether or not anyone reads their stream, and takes them up again after a restart.</summary>
internal sealed partial class MessageRunner(
    BackendLedger ledger,
    ScenarioBook scenarios,
    MessageScript script,
    IHostApplicationLifetime lifetime,
    ILogger<MessageRunner> logger) : IHostedService
{
    private readonly ConcurrentDictionary<string, Task> work = [];

    /// <summary>Starts a message whose credits are reserved.</summary>
    public MessageRun Start(Message message)
    {
        var session = ledger.World.Sessions[message.SessionId];
        var run = new MessageRun(message, scenarios.For(session), lifetime.ApplicationStopping);
        work[message.MessageId] = Task.Run(() => PlayAsync(run));
        return run;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var message in ledger.World.Messages.Values.Where(message => message.EndedAt is null))
        {
            var session = ledger.World.Sessions[message.SessionId];
            if (message.Outcome == MessageOutcome.Running && scenarios.For(session).OnDisconnect == OnDisconnect.Continue)
            {
                Start(message);
            }
            else
            {
                ledger.Write(new MessageEnded(message.MessageId, MessageOutcome.Cancelled));
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(work.Values).WaitAsync(cancellationToken);

    private async Task PlayAsync(MessageRun run)
    {
        try
        {
            await script.PlayAsync(run);
        }
        catch (OperationCanceledException)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                ledger.Write(new MessageEnded(run.Message.MessageId, MessageOutcome.Cancelled));
            }
        }
        catch (Exception exception)
        {
            // The edge of a background task: nobody else would ever see it.
            Log.Broken(logger, run.Message.MessageId, exception);
        }
        finally
        {
            run.EndStream();
            run.Dispose();
            work.TryRemove(run.Message.MessageId, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Message {MessageId} broke")]
        public static partial void Broken(ILogger logger, string messageId, Exception exception);
    }
}

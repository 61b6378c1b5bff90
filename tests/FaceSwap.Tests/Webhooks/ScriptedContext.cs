using System.Collections.Concurrent;
using FaceSwap.Functions.Activities;
using FaceSwap.Webhooks;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.Tests.Webhooks;

/// <summary>Runs one delivery with a clock of its own, which only its timers move: three days pass in no time.</summary>
internal sealed class ScriptedContext(params WebhookAttempt?[] script) : TaskOrchestrationContext
{
    private readonly ConcurrentQueue<WebhookAttempt?> _script = new(script);
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When each attempt was made.</summary>
    public List<DateTime> Attempts { get; } = [];

    /// <summary>What was written into the log.</summary>
    public List<RecordAttemptInput> Records { get; } = [];

    public override TaskName Name => "WebhookDelivery";

    public override string InstanceId => "webhook-dlv";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is RecordAttemptInput record)
        {
            Records.Add(record);
            return Task.FromResult<TResult>(default!);
        }

        Attempts.Add(_now);
        var attempt = _script.TryDequeue(out var next) ? next : script[^1];
        return attempt is null
            ? throw new TaskFailedException(name, 1, new InvalidOperationException("The attempt failed."))
            : Task.FromResult((TResult)(object)attempt);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        _now = fireAt;
        return Task.CompletedTask;
    }

    public override Guid NewGuid() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public override T GetInput<T>() => throw new NotSupportedException();

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();
}

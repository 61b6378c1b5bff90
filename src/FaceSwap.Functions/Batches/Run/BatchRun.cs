using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Batches.Run;

/// <summary>One window of a batch: starts its items as places become free, and counts how they end.</summary>
internal sealed class BatchRun(TaskOrchestrationContext context, FaceSwapBatchInput input)
{
    private static readonly TimeSpan FirstCancelAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestCancelAgain = TimeSpan.FromSeconds(30);

    private readonly BatchInput _batch = input.Batch;
    private readonly Dictionary<Task<BatchItemEnd>, BatchItemInput> _running = [];

    // Those whose turn had come when there were no credits; theirs comes first, by a job of its own where the first one was started.
    private readonly SortedSet<(int Number, int Attempt)> _again = [];
    private readonly Task _cancellation = context.WaitForExternalEvent<bool>(FaceSwapBatchInput.Cancel);

    private int _next = input.Progress?.Next ?? 1;
    private BatchCounts _counts = input.Progress?.Counts ?? new BatchCounts(input.Batch.Items);
    private DateTimeOffset _reportedAt = input.Progress?.ReportedAt ?? input.Batch.SubmittedAt;
    private Task _report = Task.CompletedTask;
    private JobContinuation? _session;
    private JobError? _shortage;
    private bool _isCancelled;

    /// <summary>The batch as it stands now.</summary>
    public BatchStatus Status { get; private set; } =
        new(BatchState.Running, new BatchCounts(input.Batch.Items), input.Batch.SubmittedAt, Number: input.Progress?.Changes ?? 0);

    /// <summary>Whether no further item is started, or there is none.</summary>
    public bool IsOver => _isCancelled || IsStopped || (_next > _batch.Items && _again.Count == 0);

    /// <summary>What the next window begins with.</summary>
    public BatchProgress Progress => new(_next, _counts, _reportedAt, Status.Number);

    // Of a session in which an edit may yet appear nothing can be proven any more.
    private bool IsStopped => (_batch.OnError == BatchOnError.Stop && _counts.Failed + _counts.Ambiguous > 0) || (IsShared && _counts.Ambiguous + _counts.Cancelled > 0);

    private bool IsShared => _batch.Mode == BatchMode.SharedSession;

    /// <summary>Runs items until so many were started, or no more are to be, and all that were have ended.</summary>
    public async Task RunWindowAsync(int window)
    {
        var end = Math.Min(_next + window - 1, _batch.Items);
        while (true)
        {
            Fill(end);
            if (_running.Count > 0)
            {
                await OneStepAsync();
            }
            else if (_shortage is not null && !IsOver)
            {
                await WaitForResumeAsync();
            }
            else
            {
                await _report;

                // A wish that came with the last end of a window is heard; the next history would not have it.
                _isCancelled |= _cancellation.IsCompleted && !IsOver;
                return;
            }
        }
    }

    /// <summary>Ends the batch, for everybody to see.</summary>
    public BatchStatus End()
    {
        Show(_isCancelled ? BatchState.Cancelled : IsStopped && _counts.Ended < _batch.Items ? BatchState.Stopped : BatchState.Completed);
        return Status;
    }

    private void Fill(int end)
    {
        while (!_isCancelled && !IsStopped && _shortage is null && _running.Count < _batch.Concurrency && (_again.Count > 0 || _next <= end))
        {
            var (number, attempt) = _again.Count > 0 ? _again.Min : (_next++, 1);
            _again.Remove((number, attempt));
            var item = new BatchItemInput(
                _batch.Id, number, new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero), attempt, IsShared ? _batch.Items : 0, _session, _batch.Kept);
            var instance = new SubOrchestrationOptions(instanceId: item.InstanceId(Status.Number));
            _running.Add(context.CallSubOrchestratorAsync<BatchItemEnd>(Orchestrators.BatchItem, item, instance), item);
        }

        Show(_isCancelled ? BatchState.Cancelling : BatchState.Running);
    }

    private async Task OneStepAsync()
    {
        var next = await Task.WhenAny(_isCancelled ? _running.Keys : [.. _running.Keys, _cancellation]);
        if (next == _cancellation)
        {
            _isCancelled = true;
            Show(BatchState.Cancelling);
            await CancelRunningAsync();
            return;
        }

        var ended = (Task<BatchItemEnd>)next;
        Take(_running[ended], await EndAsync(ended));
        _running.Remove(ended);
        Report();
    }

    private void Take(BatchItemInput item, BatchItemEnd ended)
    {
        // A session that is gone is made anew, with all media, by the next item.
        _session = ended.Error?.Code == ErrorCodes.SessionLost ? null
            : ended.Session is { } session ? new JobContinuation(item.JobId, session.TaskId, session.SessionId)
            : _session;
        if (ended.Error is { Code: ErrorCodes.InsufficientCredits } shortage)
        {
            // Nothing was paid, and the next ones would fail for the same. Its turn comes again when there are credits.
            _shortage = shortage;
            _again.Add((item.Number, ended.End is null ? item.Attempt : item.Attempt + 1));
            return;
        }

        _counts = _counts.With(ended.End ?? JobStage.Failed, ended.Error?.Code);
    }

    // The item itself makes a value of every failure; what is left is an instance that somebody terminated.
    private static async Task<BatchItemEnd> EndAsync(Task<BatchItemEnd> item)
    {
        try
        {
            return await item;
        }
        catch (TaskFailedException)
        {
            return new BatchItemEnd(JobStage.Failed, JobError.Of(ErrorCodes.InternalError, "The item's orchestration ended without an outcome."));
        }
    }

    // An item that was about to start hears nothing yet: all that still run are asked again, until none does.
    private async Task CancelRunningAsync()
    {
        var wait = FirstCancelAgain;
        var all = Task.WhenAll(_running.Keys.Select(task => EndAsync(task)));
        while (!all.IsCompleted)
        {
            string[] jobs = [.. _running.Where(item => !item.Key.IsCompleted).Select(item => item.Value).OrderBy(item => item.Number).Select(item => item.JobId)];
            try
            {
                await context.CallActivityAsync(nameof(BatchSteps.CancelItems), new CancelItemsInput(_batch.Caller, jobs));
            }
            catch (TaskFailedException)
            {
                // They are asked again.
            }

            using var unneeded = new CancellationTokenSource();
            if (await Task.WhenAny(all, context.CreateTimer(context.CurrentUtcDateTime + wait, unneeded.Token)) == all)
            {
                // An orchestration does not end while a timer of it is open. At once, and not by the thread pool.
                Drop(unneeded);
            }

            wait = wait * 2 < LongestCancelAgain ? wait * 2 : LongestCancelAgain;
        }
    }

    // One that was asked for twice, or came late, was meant for a pause that is over. One without a number counts for the pause that it finds.
    private async Task WaitForResumeAsync()
    {
        Show(BatchState.Paused);
        using var unneeded = new CancellationTokenSource();
        while (_shortage is not null && !_isCancelled)
        {
            var resume = context.WaitForExternalEvent<JsonElement>(FaceSwapBatchInput.Resume, unneeded.Token);
            if (await Task.WhenAny(resume, _cancellation) == _cancellation)
            {
                Drop(unneeded);
                _isCancelled = true;
            }
            else if (await resume is var pause && (pause.ValueKind == JsonValueKind.True || pause.GetInt64() == Status.Number))
            {
                _shortage = null;
            }
        }
    }

    // Never of the end, which is told by itself; and not waited for, so that a slow account holds up no item.
    private void Report()
    {
        if (_counts.Ended < _batch.Items
            && _report.IsCompleted
            && context.CurrentUtcDateTime >= (_reportedAt + input.ProgressInterval).UtcDateTime
            && input.Webhooks.Any(target => target.Hears(WebhookEventTypes.BatchProgress)))
        {
            Show(BatchState.Running);
            _reportedAt = Status.At;
            _report = TellAsync(new TellBatchInput(_batch, input.Webhooks, WebhookEventTypes.BatchProgress, Status));
        }
    }

    private async Task TellAsync(TellBatchInput progress)
    {
        try
        {
            await context.CallActivityAsync(nameof(BatchSteps.TellBatch), progress);
        }
        catch (TaskFailedException)
        {
            // One that fails is made good by the next.
        }
    }

    private void Show(BatchState state)
    {
        var counts = _counts with { Running = _running.Count };
        if (Status.State == state && Status.Counts == counts && Status.At > _batch.SubmittedAt)
        {
            return;
        }

        var error = state == BatchState.Paused ? _shortage : null;
        Status = new BatchStatus(state, counts, new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero), error, Status.Number + 1);
        context.SetCustomStatus(Status);
    }

    private static void Drop(CancellationTokenSource unneeded) => unneeded.Cancel();
}

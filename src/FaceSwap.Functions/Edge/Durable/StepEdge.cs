using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Edge.Durable;

/// <summary>The edge of every step of a job: a foreseeable failure becomes a value, so does storage that is away; a defect passes through.</summary>
/// <remarks>No step outlasts <see cref="JobOptions.StepLimit"/>: the platform's own limit ends the whole worker, and every other step in it.</remarks>
public sealed class StepEdge(IOptions<JobOptions> options, JobCancellations cancellations, TimeProvider time)
{
    /// <summary>Runs a step that may take minutes: it is left when its job is cancelled, and reported so unless it has something to tell.</summary>
    public Task<StepResult<T>> RunAsync<T>(string jobId, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken) =>
        RunAsync(token => RunUntilCancelledAsync(jobId, step, token), cancellationToken);

    public async Task<StepResult<T>> RunAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.StepLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return new StepResult<T>(await step(either.Token), null);
        }
        catch (FaceSwapException failure)
        {
            return Failed<T>(failure);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed<T>(new FaceSwapException(ErrorCodes.BackendUnavailable, $"The step did not end within {options.Value.StepLimit.TotalMinutes:0.#} minutes."));
        }
        catch (Exception e) when (StorageFailures.IsAway(e, cancellationToken))
        {
            return Failed<T>(StorageFailures.Unavailable(e));
        }
    }

    private async Task<T> RunUntilCancelledAsync<T>(string jobId, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var request = cancellations.WaitForAsync(jobId, left.Token);
        var work = step(left.Token);
        await Task.WhenAny(work, request);
        await left.CancelAsync();
        try
        {
            return await work;
        }
        catch (OperationCanceledException e) when (request.IsCompletedSuccessfully && !cancellationToken.IsCancellationRequested)
        {
            throw new FaceSwapException(ErrorCodes.Cancelled, "The caller cancelled the job.", inner: e);
        }
    }

    private static StepResult<T> Failed<T>(FaceSwapException failure) => new(default, failure.ToError());
}

using System.Security.Cryptography;
using System.Text.Json;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs;

/// <summary>Starts jobs, each once for a caller's idempotency key.</summary>
public sealed class JobStart(IdempotencyKeys keys, JobIndex index, JobReader jobs, CallerLimits limits, TimeProvider time)
{
    // Far longer than a job is under way: what was noted earlier and has no end was never started.
    private static readonly TimeSpan JobsTake = TimeSpan.FromDays(2);

    /// <summary>The job that an earlier request with this key started, or died before starting: then it is started now.</summary>
    /// <param name="request">The request; null: it has no key.</param>
    /// <returns>Null when no earlier request had this key.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.IdempotencyKeyReused"/>, or <see cref="ErrorCodes.JobDeleted"/>.</exception>
    public async Task<StartedJob?> ReplayAsync(KeyedRequest? request, DurableTaskClient client, CancellationToken cancellationToken) =>
        request is not null && await keys.FindAsync(request.Key, cancellationToken) is { } earlier
            ? await ReplayAsync(request, earlier, client, cancellationToken)
            : null;

    /// <summary>Starts a job, unless the request's key stands for another one: then that one is meant.</summary>
    /// <param name="request">The request; null: it has no key.</param>
    /// <param name="cancellationToken">Ends the attempt before the start. With a key the start may be made good by the next request.</param>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.QuotaExceeded"/>, <see cref="ErrorCodes.IdempotencyKeyReused"/>, <see cref="ErrorCodes.JobDeleted"/> or <see cref="ErrorCodes.StartUnknown"/>.
    /// </exception>
    public Task<StartedJob> StartAsync(KeyedRequest? request, FaceSwapJobInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var job = input.Job;
        return limits.WithinJobsAsync(
            job.Caller, job.Id, () => OpenAsync(job.Caller, cancellationToken), () => ClaimAndStartAsync(request, input, client, cancellationToken), cancellationToken);
    }

    /// <summary>Whether a request with this key came before.</summary>
    public async Task<bool> KnowsAsync(string caller, string key, CancellationToken cancellationToken) =>
        await keys.FindAsync(IdempotencyKeys.DocumentOf(caller, key), cancellationToken) is not null;

    /// <summary>Looks whether a caller might start another job now.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>.</exception>
    public Task CheckAsync(string caller, CancellationToken cancellationToken) => limits.CheckJobsAsync(() => OpenAsync(caller, cancellationToken));

    private Task<IReadOnlyList<string>> OpenAsync(string caller, CancellationToken cancellationToken) => index.OpenAsync(caller, time.GetUtcNow() - JobsTake, cancellationToken);

    private async Task<StartedJob> ClaimAndStartAsync(KeyedRequest? request, FaceSwapJobInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (request is not null)
        {
            input = input with { Job = input.Job with { Key = request.Key } };
            var mine = new KeyedStart(request.Hash, input.Job.Id, JsonSerializer.SerializeToElement(input, InstanceJson.Default.FaceSwapJobInput));
            var standing = await keys.ClaimAsync(request.Key, mine, cancellationToken);
            if (standing.JobId != input.Job.Id)
            {
                return await ReplayAsync(request, standing, client, cancellationToken);
            }
        }

        return await StartAsync(input, isReplay: false, client, cancellationToken);
    }

    private async Task<StartedJob> ReplayAsync(
        KeyedRequest request, KeyedStart earlier, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (earlier.Request != request.Hash)
        {
            throw new FaceSwapException(ErrorCodes.IdempotencyKeyReused, $"This key came with another request before, which started {earlier.JobId}.");
        }

        if (await jobs.FindAsync(earlier.JobId, client, cancellationToken) is { } reading)
        {
            return new StartedJob(await jobs.ViewAsync(reading, cancellationToken), IsReplay: true);
        }

        return earlier.Input is { } input
            ? await StartAsync(input.Deserialize(InstanceJson.Default.FaceSwapJobInput)!, isReplay: true, client, cancellationToken)
            : throw new FaceSwapException(ErrorCodes.JobDeleted, $"This key stands for {earlier.JobId}, which was deleted.");
    }

    private async Task<StartedJob> StartAsync(FaceSwapJobInput input, bool isReplay, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await index.AddAsync(input.Job, cancellationToken);
        await client.StartOnceAsync(Orchestrators.FaceSwapJob, input.Job.Id, input, cancellationToken);
        return new StartedJob(JobViews.Of(input.Job, null, null, null), isReplay);
    }
}

/// <summary>A request that its caller may send again.</summary>
/// <param name="Key">The document of the key that came with it; another caller's same key is another one.</param>
/// <param name="Hash">What it asks for, as a hash.</param>
public sealed record KeyedRequest(string Key, string Hash)
{
    // No header can hold it: a key of a caller has printable characters only.
    private const char OfTheApp = '\0';

    /// <summary>What the app itself starts for a caller, and starts once: under a key that no caller can send.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="name">What it is known by among all that the app starts for the caller.</param>
    /// <param name="content">All that it is made of.</param>
    public static KeyedRequest OfApp(string caller, string name, byte[] content) => Of(caller, $"{OfTheApp}{name}", content)!;

    /// <summary>The request of a caller, if it has a key.</summary>
    /// <param name="parts">All that it asks for.</param>
    public static KeyedRequest? Of(string caller, string? key, params ReadOnlySpan<byte[]> parts)
    {
        if (key is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.LongLength));
            hash.AppendData(part);
        }

        return new KeyedRequest(IdempotencyKeys.DocumentOf(caller, key), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <summary>A job that a request started, now or before.</summary>
/// <param name="View">The job as it is.</param>
/// <param name="IsReplay">An earlier request with the same key started it.</param>
public sealed record StartedJob(JobView View, bool IsReplay);

using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Takes a batch in: read, every item checked, started. Where anything is wrong, all of it is said at once, and nothing remains.</summary>
public sealed class BatchIntake(BatchChecks checks, ApiAddress address, BatchStart start, JobEstimates estimates, TimeProvider time)
{
    /// <returns>The batch that was started, or that an earlier request with the same key started.</returns>
    /// <exception cref="FaceSwapException">The batch is refused.</exception>
    public async Task<StartedBatch> AcceptAsync(HttpRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, apiBase, key) = (BatchIds.New(time), address.Of(request), IdempotencyKey.Of(request));
        var problems = new List<ItemProblem>();
        var submitted = await BatchRequests.ReadAsync(request, problems, cancellationToken);
        var keyed = problems.Count == 0 ? Keyed(caller.Id, key, submitted) : null;
        if (await start.ReplayAsync(keyed, client, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var (input, jobs) = await checks.CheckAsync(id, caller, apiBase, submitted, problems, cancellationToken);
        return await start.StartAsync(keyed, input, jobs, client, cancellationToken);
    }

    /// <summary>Takes a file of items in, whose batch's id follows from the file.</summary>
    /// <param name="id">The batch's id.</param>
    /// <param name="name">What the file is known by: of one name there is one batch, even after it was deleted.</param>
    /// <param name="content">The file.</param>
    /// <param name="isCsv">Whether it is CSV, and not JSON.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException">The file is refused.</exception>
    public async Task TakeAsync(string id, string name, ReadOnlyMemory<byte> content, bool isCsv, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var problems = new List<ItemProblem>();
        var submitted = BatchRequests.Parse(content, isCsv, problems);
        var keyed = KeyedRequest.OfApp(CallerIds.Default, name, content.ToArray());
        if (await start.ReplayAsync(keyed, client, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            var (input, jobs) = await checks.CheckAsync(id, Caller.Default, address.WithoutRequest, submitted, problems, cancellationToken);
            await start.StartAsync(keyed, input, jobs, client, cancellationToken);
        }
        catch (FaceSwapException)
        {
            // Another run may have taken it meanwhile, and have found what is not there any more: then it is taken.
            if (await start.ReplayAsync(keyed, client, cancellationToken) is null)
            {
                throw;
            }
        }
    }

    /// <summary>Looks whether a batch would be taken in; starts and leaves nothing.</summary>
    /// <exception cref="FaceSwapException">What it would be refused for.</exception>
    public async Task<BatchValidationBody> ValidateAsync(HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var apiBase = address.Of(request);
        IdempotencyKey.Of(request);
        var problems = new List<ItemProblem>();
        var submitted = await BatchRequests.ReadAsync(request, problems, cancellationToken);
        var (input, jobs) = await checks.CheckAsync(BatchIds.New(time), caller, apiBase, submitted, problems, cancellationToken);
        var each = await estimates.OfAsync(cancellationToken);
        var rounds = (jobs.Count + input.Batch.Concurrency - 1) / input.Batch.Concurrency;
        return new BatchValidationBody(jobs.Count, new EstimateBody(each.Credits * jobs.Count, each.Seconds * rounds));
    }

    private static KeyedRequest? Keyed(string caller, string? key, SubmittedBatch submitted) => KeyedRequest.Of(
        caller,
        key,
        "batch"u8.ToArray(),
        JsonSerializer.SerializeToUtf8Bytes(submitted.Body with { Items = submitted.Lines.Count == 0 ? null : [.. submitted.Lines.Select(line => line.Body)] }, BatchesApiJson.Default.BatchBody));
}

/// <summary>A batch that would be taken in.</summary>
/// <param name="Items">How many items it has.</param>
/// <param name="Estimate">What the whole of it would take.</param>
public sealed record BatchValidationBody(int Items, EstimateBody Estimate);

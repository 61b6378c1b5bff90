using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Takes a batch in: read, every item checked, started. Where anything is wrong, all of it is said at once, and nothing remains.</summary>
public sealed class BatchIntake(
    JobDrafts drafts,
    SubmissionRules rules,
    SubmissionLookups lookups,
    LibraryItems libraryItems,
    MediaLibrary library,
    ApiAddress address,
    BatchStart start,
    JobEstimates estimates,
    IOptions<JobOptions> options,
    IOptions<CallerOptions> callers,
    IOptions<WebhookOptions> webhooks,
    TimeProvider time)
{
    private const string StandIn = "https://example.com/";
    private const int DefaultConcurrency = 4;
    private const int MostConcurrency = 50;
    private const int ParallelChecks = 8;

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

        var (input, jobs) = await CheckAsync(id, caller, apiBase, submitted, problems, cancellationToken);
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
            var (input, jobs) = await CheckAsync(id, Caller.Default, address.WithoutRequest, submitted, problems, cancellationToken);
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
        var (input, jobs) = await CheckAsync(BatchIds.New(time), caller, apiBase, submitted, problems, cancellationToken);
        var each = await estimates.OfAsync(cancellationToken);
        var rounds = (jobs.Count + input.Batch.Concurrency - 1) / input.Batch.Concurrency;
        return new BatchValidationBody(jobs.Count, new EstimateBody(each.Credits * jobs.Count, each.Seconds * rounds));
    }

    /// <summary>Checks a batch that is to run at another time.</summary>
    /// <param name="id">What its items belong to.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="apiBase">The address of the API as the caller sees it.</param>
    /// <param name="body">The batch.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException">What it would be refused for.</exception>
    /// <returns>The batch and its items; for a prefix, whose items are found at each run, the one that all of them are made of.</returns>
    internal async Task<(BatchInput Batch, IReadOnlyList<FaceSwapJobInput> Jobs)> PlanAsync(
        string id, Caller caller, string apiBase, BatchBody body, CancellationToken cancellationToken)
    {
        if (body.Prefix is { } prefix)
        {
            await libraryItems.FindAsync(caller.Id, prefix, cancellationToken);
            return await PlanForPrefixAsync(id, caller, apiBase, body, cancellationToken);
        }

        Require(body.Manifest is null, "A schedule's batch has 'items' or a 'prefix'; a 'manifest' is read once only.");
        var lines = (body.Items ?? []).Select(item => new BatchLine(null, item ?? new JobBody())).ToArray();
        var problems = new List<ItemProblem>();
        foreach (var (index, line) in lines.Index())
        {
            var merged = Merge(line.Body, body.Defaults);
            if (MediaRoles.Given.SelectMany(merged.AddressesOf).Any(MediaUploads.IsId))
            {
                problems.Add(new ItemProblem(index + 1, null, ErrorCodes.InvalidRequest, "A schedule's media are named by addresses, or lie in the container of media: an upload is gone after a day."));
            }
        }

        var (input, jobs) = await CheckAsync(id, caller, apiBase, new SubmittedBatch(body, lines), problems, cancellationToken);
        return (input.Batch, jobs);
    }

    private async Task<(BatchInput Batch, IReadOnlyList<FaceSwapJobInput> Jobs)> PlanForPrefixAsync(
        string id, Caller caller, string apiBase, BatchBody body, CancellationToken cancellationToken)
    {
        Require(body.Items is null && body.Manifest is null, "A batch has 'items', a 'prefix' or a 'manifest', and not several of them.");
        var concurrency = CheckWhole(body, 1);
        var defaults = body.Defaults ?? new JobBody();
        Require(ModeOf(body.Mode) == BatchMode.Separate, "The files that a schedule finds have a session each: leave 'mode' out.");
        Require(defaults.AddressesOf(MediaRole.Video).Count == 0, "'defaults' have no 'video' with a 'prefix': every file is one.");
        Require(defaults.Faces is null, "'defaults' have one 'face' with a 'prefix' that is looked at again and again, and no 'faces'.");

        // All but the files is checked now; they stand in for those of a run.
        var standing = defaults with { Video = StandIn, Face = defaults.Face ?? StandIn };
        var template = await drafts.DraftAsync(id, apiBase, new Submitted(standing, []), lookups.Of(caller.Id), cancellationToken);
        var job = template.Job with { Video = null, Face = defaults.Face is null ? null : template.Job.Face };
        var batch = new BatchInput(id, caller.Id, time.GetUtcNow(), apiBase, 0, concurrency, OnErrorOf(body.OnError), body.Metadata, CreditsPerItem: options.Value.MessageCost);
        return (batch, [template with { Job = job }]);
    }

    private async Task<(FaceSwapBatchInput Input, IReadOnlyList<FaceSwapJobInput> Jobs)> CheckAsync(
        string id, Caller caller, string apiBase, SubmittedBatch submitted, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        var (body, lines) = await ResolveAsync(submitted, caller, problems, cancellationToken);
        var concurrency = CheckWhole(body, lines.Count + problems.Count(problem => problem.Item is null));
        var mode = ModeOf(body.Mode);
        var named = lookups.Of(caller.Id);
        var items = lines.Select(line => line with { Body = Merge(line.Body, body.Defaults) }).ToArray();
        problems.AddRange(Twins(items));

        var jobs = new FaceSwapJobInput?[items.Length];
        var found = new ItemProblem?[items.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelChecks, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items.Index(), parallel, async (item, cancellation) =>
        {
            try
            {
                Require(item.Item.Body.ContinueFrom is null, "An item of a batch has no 'continueFrom': it is a job of its own.");
                Require(mode == BatchMode.Separate || item.Item.Body is { Videos: null, Faces: null }, "An item that shares a session has one 'video' and one 'face'.");
                jobs[item.Index] = await drafts.DraftAsync(id, apiBase, new Submitted(item.Item.Body, []), named, cancellation);
            }
            catch (FaceSwapException e) when (ErrorCatalog.Find(e.Code).Status < StatusCodes.Status500InternalServerError)
            {
                found[item.Index] = new ItemProblem(item.Index + 1, item.Item.Line, e.Code, e.Message, e.Field);
            }
        });
        problems.AddRange(found.OfType<ItemProblem>());
        if (problems.Count > 0)
        {
            // Of one item several things may be wrong; a row that could not be read has a line alone.
            var bad = problems.DistinctBy(problem => (problem.Item, problem.Line)).Count();
            throw new FaceSwapException(ErrorCodes.InvalidBatch, $"{bad:N0} of the batch's items cannot be taken; nothing was started.")
            {
                Items = [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Item)],
            };
        }

        var batch = new BatchInput(id, caller.Id, time.GetUtcNow(), apiBase, items.Length, concurrency, OnErrorOf(body.OnError), body.Metadata, Mode: mode, CreditsPerItem: options.Value.MessageCost);
        var targets = await named.TargetsAsync(body.Webhook, cancellationToken);
        return (
            new FaceSwapBatchInput(batch, targets, webhooks.Value.ProgressInterval),
            mode == BatchMode.SharedSession ? SharedSession.Name(jobs!, [.. items.Select(item => item.Body.Instruction is not null)]) : jobs!);
    }

    // What a prefix or a file of the library stands for is looked up when the batch is taken in.
    private async Task<SubmittedBatch> ResolveAsync(SubmittedBatch submitted, Caller caller, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        var (body, lines) = submitted;
        Require(
            new[] { body.Items is not null || lines.Count + problems.Count > 0, body.Prefix is not null, body.Manifest is not null }.Count(given => given) <= 1,
            "A batch has 'items', a 'prefix' or a 'manifest', and not several of them.");
        if (body.Prefix is { } prefix)
        {
            var found = await libraryItems.FindAsync(caller.Id, prefix, cancellationToken);
            Require(found.Count > 0, "'prefix' names no video of yours in the container of media.");
            return submitted with { Lines = [.. found.Select(item => new BatchLine(null, BodyOf(item, body.Defaults?.Metadata)))] };
        }

        return body.Manifest is { } manifest ? await ReadManifestAsync(body, manifest, caller, problems, cancellationToken) : submitted;
    }

    private static JobBody BodyOf(LibraryItem item, IReadOnlyDictionary<string, string>? metadata) => new(
        MediaLibrary.NameOf(item.Video.Name),
        item.Face is null ? null : MediaLibrary.NameOf(item.Face.Name),
        Metadata: new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["file"] = item.Video.Name });

    private async Task<SubmittedBatch> ReadManifestAsync(
        BatchBody body, string manifest, Caller caller, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        await using var content = await library.OpenAsync(await library.FindAsync(caller.Id, MediaLibrary.NameOf(manifest), cancellationToken), cancellationToken);
        var bytes = await JsonBodyReader.ReadAsync(content, InboxStore.MostBytes, cancellationToken) ?? throw BatchRequests.TooLarge();
        var read = BatchRequests.Parse(bytes, manifest.EndsWith(".csv", StringComparison.OrdinalIgnoreCase), problems);
        Require(read.Body.Prefix is null && read.Body.Manifest is null, "'manifest' must name a file with 'items'.");

        // What the request says holds for the whole; the file says what it leaves open.
        return new SubmittedBatch(
            new BatchBody(null, null, null, Merge(body.Defaults ?? new JobBody(), read.Body.Defaults), body.Concurrency ?? read.Body.Concurrency, body.OnError ?? read.Body.OnError, body.Mode ?? read.Body.Mode, body.Webhook ?? read.Body.Webhook, body.Metadata ?? read.Body.Metadata),
            read.Lines);
    }

    private int CheckWhole(BatchBody body, int count)
    {
        Require(count is > 0 and <= BatchInput.MostItems, $"A batch has 1 to {BatchInput.MostItems:N0} items, and this one has {count:N0}.");
        Require(body.Concurrency is null or (> 0 and <= MostConcurrency), $"'concurrency' must be a number from 1 to {MostConcurrency}.");
        OnErrorOf(body.OnError);
        rules.Check(body.Webhook, body.Metadata);
        Require(body.Defaults?.ContinueFrom is null, "'defaults' have no 'continueFrom': each item is a job of its own.");

        if (ModeOf(body.Mode) == BatchMode.SharedSession)
        {
            Require(count <= SharedSession.MostItems, $"At most {SharedSession.MostItems} items share a session, and this batch has {count:N0}.");
            Require(body.Concurrency is null or 1, "Items that share a session run one by one: leave 'concurrency' out.");
            return 1;
        }

        // A caller who may have so many jobs under way has them by a batch, too.
        var most = callers.Value.JobsInFlight is > 0 and var limit ? limit : MostConcurrency;
        return Math.Min(body.Concurrency ?? DefaultConcurrency, most);
    }

    private static BatchMode ModeOf(string? text) => text switch
    {
        null or "separate" => BatchMode.Separate,
        "shared_session" => BatchMode.SharedSession,
        _ => throw Invalid("'mode' must be 'separate' or 'shared_session'."),
    };

    private static BatchOnError OnErrorOf(string? text) => text switch
    {
        null or "continue" => BatchOnError.Continue,
        "stop" => BatchOnError.Stop,
        _ => throw Invalid("'onError' must be 'continue' or 'stop'."),
    };

    private static JobBody Merge(JobBody item, JobBody? defaults) => defaults is null ? item : new JobBody(
        item.Video ?? (item.Videos is null ? defaults.Video : null),
        item.Face ?? (item.Faces is null ? defaults.Face : null),
        item.Audio ?? defaults.Audio,
        item.Instruction ?? defaults.Instruction,
        item.Language ?? defaults.Language,
        item.Webhook ?? defaults.Webhook,
        item.Metadata ?? defaults.Metadata,
        item.OnUnknownOutcome ?? defaults.OnUnknownOutcome,
        item.Deadline ?? defaults.Deadline,
        item.Consent ?? defaults.Consent,
        item.ContinueFrom,
        item.Videos ?? (item.Video is null ? defaults.Videos : null),
        item.Faces ?? (item.Face is null ? defaults.Faces : null),
        item.Output ?? defaults.Output);

    // The same edit of the same media would be paid for twice, and is most likely a row that was copied.
    private static IEnumerable<ItemProblem> Twins(BatchLine[] items)
    {
        static string Names(JobBody body, MediaRole role) => string.Join('\n', body.AddressesOf(role));
        var first = new Dictionary<(string, string, string, string?), int>();
        foreach (var (index, item) in items.Index())
        {
            var edit = (Names(item.Body, MediaRole.Video), Names(item.Body, MediaRole.Face), Names(item.Body, MediaRole.Audio), item.Body.Instruction);
            if (!first.TryAdd(edit, index + 1))
            {
                yield return new ItemProblem(index + 1, item.Line, ErrorCodes.InvalidRequest, $"This is the same edit as item {first[edit]}, and would be paid for twice.");
            }
        }
    }

    private static KeyedRequest? Keyed(string caller, string? key, SubmittedBatch submitted) => KeyedRequest.Of(
        caller,
        key,
        "batch"u8.ToArray(),
        JsonSerializer.SerializeToUtf8Bytes(submitted.Body with { Items = submitted.Lines.Count == 0 ? null : [.. submitted.Lines.Select(line => line.Body)] }, BatchesApiJson.Default.BatchBody));

    private static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw Invalid(detail);
        }
    }

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}

/// <summary>A batch that would be taken in.</summary>
/// <param name="Items">How many items it has.</param>
/// <param name="Estimate">What the whole of it would take.</param>
public sealed record BatchValidationBody(int Items, EstimateBody Estimate);

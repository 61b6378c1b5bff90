using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>A render, and its result.</summary>
public sealed class RenderSteps(NemoRenders renders, RenderTimesStore times, JobDocuments documents, StepEdge edge, RenderDownloads downloads)
{
    /// <summary>Asks for a render of the draft that was verified, under an id that the history already holds.</summary>
    [Function(nameof(SubmitRender))]
    public Task<StepResult<RenderTicket>> SubmitRender([ActivityTrigger] SubmitRenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                var draft = await documents.ReadDraftAsync(input.JobId, token);
                await renders.SubmitAsync(input.RenderId, input.SessionId, draft, token);
                return new RenderTicket(await times.ReadAsync(token));
            },
            cancellationToken);

    /// <summary>Asks once how far a render is.</summary>
    [Function(nameof(PollRender))]
    public Task<StepResult<RenderReading>> PollRender([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => renders.PollAsync(input.RenderId, token), cancellationToken);

    /// <summary>Cancels a render that its job has left; one that is over already needs none.</summary>
    [Function(nameof(CancelRender))]
    public Task<StepResult<bool>> CancelRender([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                await renders.CancelAsync(input.RenderId, token);
                return true;
            },
            cancellationToken);

    /// <summary>Stores the finished video in Blob Storage, and remembers how long its render took.</summary>
    [Function(nameof(StoreResult))]
    public Task<StepResult<StagedMedia>> StoreResult([ActivityTrigger] StoreResultInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                var (id, address, duration) = input.Render;
                var result = await downloads.StoreAsync(input.JobId, id, address, token);
                await times.ObserveAsync(duration, token);
                return result;
            },
            cancellationToken);
}

public sealed record SubmitRenderInput(string JobId, string SessionId, string RenderId);

/// <summary>A render that was asked for.</summary>
/// <param name="Observed">How long the last renders took; it plans the polls.</param>
public sealed record RenderTicket(IReadOnlyList<TimeSpan> Observed);

public sealed record RenderInput(string RenderId);

public sealed record StoreResultInput(string JobId, FinishedRender Render);

/// <summary>A render that the backend has finished.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where the video lies, if the backend said so.</param>
/// <param name="Duration">How long it took: by the backend's clock, or as the polls found it.</param>
public sealed record FinishedRender(string Id, string? Address, TimeSpan Duration);

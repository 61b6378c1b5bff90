using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Media on their way from the caller to the backend.</summary>
public sealed class MediaSteps(MediaStaging staging, StepEdge edge, NemoSessions sessions, UploadLedger ledger, TimeProvider time)
{
    /// <summary>Brings a media file that was given by address, or uploaded before, to its job; one that came with the request is there already.</summary>
    [Function(nameof(StageMedia))]
    public Task<StepResult<StagedMedia>> StageMedia([ActivityTrigger] StageMediaInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            input.JobId,
            async token => input.Source switch
            {
                { Staged: { } staged } => staged,
                { Upload: { } upload } => await staging.TakeAsync(input.JobId, input.Role, upload, token, input.Source.Name),
                { Library: { } path } => await staging.TakeFromLibraryAsync(input.JobId, input.Role, path, token, input.Source.Name),
                { Address: var address } => await staging.FetchAsync(input.JobId, input.Role, address!, token, input.Source.Name),
            },
            cancellationToken);

    /// <summary>Removes the media of a job that never came to use them.</summary>
    [Function(nameof(DiscardMedia))]
    public Task DiscardMedia([ActivityTrigger] string jobId, CancellationToken cancellationToken) => staging.DiscardAsync(jobId, cancellationToken);

    private const int MostLooks = 5;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>Uploads the media into a session, once: a clip that is there twice would be edited twice.</summary>
    [Function(nameof(UploadMedia))]
    public Task<StepResult<UploadVerdict>> UploadMedia([ActivityTrigger] UploadMediaInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(input.JobId, token => UploadAsync(input, token), cancellationToken);

    private async Task<UploadVerdict> UploadAsync(UploadMediaInput input, CancellationToken cancellationToken)
    {
        var files = input.Media.All;
        string[] names = [.. files.Select(file => file.FileName)];
        if (!await ledger.TryClaimAsync(input.JobId, input.SessionId, cancellationToken))
        {
            return await FindAsync(input.SessionId, names, looks: 1, cancellationToken);
        }

        try
        {
            // A session that does not hold the files yet must not be paid for: it is read until it does.
            var isApplied = await sessions.UploadAsync(input.SessionId, files, cancellationToken);
            return isApplied ? UploadVerdict.Complete : await FindAsync(input.SessionId, names, MostLooks, cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code is ErrorCodes.BackendUnavailable or ErrorCodes.SessionLost)
        {
            return await FindAsync(input.SessionId, names, looks: 1, cancellationToken);
        }
    }

    private async Task<UploadVerdict> FindAsync(string sessionId, string[] names, int looks, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            if (await HoldsAsync(sessionId, names, cancellationToken))
            {
                return UploadVerdict.Complete;
            }

            if (look == looks)
            {
                return UploadVerdict.InDoubt;
            }

            await Task.Delay(LookAgainAfter, time, cancellationToken);
        }
    }

    private async Task<bool> HoldsAsync(string sessionId, string[] names, CancellationToken cancellationToken)
    {
        try
        {
            var state = await sessions.ReadStateAsync(sessionId, cancellationToken);
            return state.FileNames.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal));
        }
        catch (FaceSwapException)
        {
            return false;
        }
    }
}

public sealed record StageMediaInput(string JobId, MediaRole Role, MediaSource Source);

public sealed record UploadMediaInput(string JobId, string SessionId, StagedFiles Media);

/// <summary>How an upload into a session ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UploadVerdict>))]
public enum UploadVerdict
{
    /// <summary>All files are in the session, once.</summary>
    Complete,

    /// <summary>An earlier run was cut off, and the session does not prove what became of it: take a new session.</summary>
    InDoubt,
}

/// <summary>The media of a job, staged.</summary>
/// <param name="Video">The video.</param>
/// <param name="Face">The face.</param>
/// <param name="Audio">The sound, if there is one.</param>
/// <param name="More">What goes up besides.</param>
public sealed record StagedFiles(StagedMedia Video, StagedMedia Face, StagedMedia? Audio = null, IReadOnlyList<StagedMedia>? More = null)
{
    /// <summary>All of them, in the order in which they are uploaded.</summary>
    [JsonIgnore]
    public IReadOnlyList<StagedMedia> All => [Video, Face, .. Audio is null ? [] : new[] { Audio }, .. More ?? []];
}

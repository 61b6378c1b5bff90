using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Uploads the media into a session, once: a clip that is there twice would be edited twice.</summary>
public sealed class UploadMedia(NemoSessions sessions, UploadLedger ledger, StepEdge edge, TimeProvider time)
{
    private const int MostLooks = 5;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    [Function(nameof(UploadMedia))]
    public Task<StepResult<UploadVerdict>> RunAsync([ActivityTrigger] UploadMediaInput input, CancellationToken cancellationToken) =>
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

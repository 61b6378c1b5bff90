using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs.Api;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Reads the fields of a batch, and merges its defaults into its items.</summary>
internal static class BatchFields
{
    /// <exception cref="FaceSwapException">It is neither.</exception>
    public static BatchMode ModeOf(string? text) => text switch
    {
        null or "separate" => BatchMode.Separate,
        "shared_session" => BatchMode.SharedSession,
        _ => throw Invalid("'mode' must be 'separate' or 'shared_session'."),
    };

    /// <exception cref="FaceSwapException">It is neither.</exception>
    public static BatchOnError OnErrorOf(string? text) => text switch
    {
        null or "continue" => BatchOnError.Continue,
        "stop" => BatchOnError.Stop,
        _ => throw Invalid("'onError' must be 'continue' or 'stop'."),
    };

    /// <summary>Fills what an item leaves open from the defaults.</summary>
    public static JobBody Merge(JobBody item, JobBody? defaults) => defaults is null ? item : new JobBody(
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

    /// <exception cref="FaceSwapException">It does not hold.</exception>
    public static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw Invalid(detail);
        }
    }

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}

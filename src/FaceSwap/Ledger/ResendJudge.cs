using System.Text.Json.Serialization;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>Decides about a second attempt: only if the state and the credits are as before, with the same token, on an account that no other job used.</summary>
public sealed class ResendJudge(SwapLedger ledger, NemoSessions sessions, NemoCredits credits, NemoTokens tokens, IOptions<JobOptions> options)
{
    public async Task<ResendVerdict> JudgeAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(jobId, attempt, cancellationToken) is not { } intent)
        {
            return ResendVerdict.Ambiguous;
        }

        var state = await sessions.ReadStateAsync(intent.SessionId, cancellationToken);
        if (state.Hash != intent.Baseline)
        {
            return ResendVerdict.Applied;
        }

        // The credits of another account, or of this one under another token, prove nothing about the message.
        var token = await tokens.GetAsync(cancellationToken);
        if (!intent.LeftCreditsAsTheyWere(token, await credits.ReadAsync(cancellationToken)))
        {
            return ResendVerdict.Ambiguous;
        }

        // A message that another job sent before this intent may still have been running, and charging, after it.
        var since = intent.CreatedAt - options.Value.StreamLimit - options.Value.SendWindow;
        return await ledger.UsedByOthersAsync(intent.Account, jobId, since, cancellationToken) ? ResendVerdict.Ambiguous : ResendVerdict.Allowed;
    }
}

/// <summary>Whether a message of unknown outcome may be sent a second time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResendVerdict>))]
public enum ResendVerdict
{
    /// <summary>The edit has appeared in the meantime.</summary>
    Applied,

    /// <summary>Everything says that the first message never ran.</summary>
    Allowed,

    /// <summary>It cannot be ruled out that the first one ran, or that it was charged.</summary>
    Ambiguous,
}

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>Remedies that depend on whose token it is. Source: backend contract, Codes, 2001.</summary>
internal static class NemoRemedies
{
    /// <summary>How to get more credits: an anonymous account is registered, a registered one topped up.</summary>
    public static string TopUp(NemoToken token, NemoOptions options) =>
        token.BindId is not { } id ? "Top up credits in your account."
        : options.WebUrl is { } web ? $"Register to get more credits: {web.AbsoluteUri.TrimEnd('/')}/register?bind={Uri.EscapeDataString(id)}"
        : $"Register an account at the backend to get more credits (?bind={Uri.EscapeDataString(id)}), and set its token as NEMO_TOKEN.";
}

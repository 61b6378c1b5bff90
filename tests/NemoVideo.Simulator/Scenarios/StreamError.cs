namespace NemoVideo.Simulator.Scenarios;

/// <summary>An error event in a message's stream.</summary>
public sealed record StreamError
{
    public required string Message { get; init; }

    /// <summary>Sent as <c>errorCode</c> beside <c>errorMessage</c>; null: as <c>{"error":"…"}</c> alone.</summary>
    public string? Code { get; set; }

    /// <summary>True: after the edit; false (default): before it, which then does not happen.</summary>
    public bool AfterEdit { get; set; }
}

namespace NemoVideo.Simulator.Scenarios;

/// <summary>
/// How the backend behaves, and towards whom. Of several that fit, the most particular wins: session, next
/// sessions, task name, client, everyone; of two equally particular ones, the later.
/// </summary>
/// <remarks>Settable, here and in what it holds: the generated deserialiser overwrites init-only properties that a body leaves out.</remarks>
public sealed record Scenario
{
    /// <summary>Given by the simulator when it takes the scenario in.</summary>
    public string? Id { get; set; }

    /// <summary>The session it is meant for.</summary>
    public string? SessionId { get; set; }

    /// <summary>The number of sessions, from now on, it is meant for.</summary>
    public int? NextSessions { get; set; }

    /// <summary>Text that the <c>task_name</c> of its sessions contains.</summary>
    public string? TaskName { get; set; }

    /// <summary>The client id it is meant for. With none of these four it is meant for everyone.</summary>
    public string? ClientId { get; set; }

    /// <summary>What a message does to the timeline.</summary>
    public Edit Edit { get; set; }

    /// <summary>True: the answer has no text, as about 30 % of edits.</summary>
    public bool Silent { get; set; }

    /// <summary>What the agent says when it is done; null: a sentence that names the edit and a button.</summary>
    public string? Reply { get; set; }

    public UploadShape UploadShape { get; set; }

    public EventShape EventShape { get; set; }

    public SecondStage SecondStage { get; set; }

    public OnDisconnect OnDisconnect { get; set; }

    /// <summary>Milliseconds of nothing but heartbeats before the generation.</summary>
    public int StallMs { get; set; }

    public Cut? Cut { get; set; }

    public StreamError? Error { get; set; }

    /// <summary>True: the stream closes with "I encountered a temporary issue" after normal output.</summary>
    public bool ClosingIssue { get; set; }

    /// <summary>True: the stream also carries events of unknown type, comments and unknown fields.</summary>
    public bool UnknownEvents { get; set; }

    /// <summary>When above 0, one tool result of about this many bytes.</summary>
    public int LargeEventBytes { get; set; }

    public RenderShape RenderShape { get; set; }

    /// <summary>How many of a session's renders fail before one completes.</summary>
    public int RenderFailures { get; set; }

    /// <summary>True: renders stay in processing.</summary>
    public bool RenderNeverEnds { get; set; }

    /// <summary>True: the result's address answers 403; the download call works.</summary>
    public bool BrokenAddress { get; set; }

    public InvalidToken InvalidToken { get; set; }

    public ErrorStatus ErrorStatus { get; set; }

    /// <summary>Credits shown as frozen beyond what messages reserve.</summary>
    public int FrozenCredits { get; set; }

    public IReadOnlyList<Fault> Faults { get; set; } = [];

    public IReadOnlyList<Hold> Holds { get; set; } = [];

    /// <summary>Milliseconds per phase, over the simulator's own.</summary>
    public IReadOnlyDictionary<Phase, int> Timings { get; set; } = new Dictionary<Phase, int>();
}

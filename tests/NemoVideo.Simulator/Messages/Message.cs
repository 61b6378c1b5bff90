namespace NemoVideo.Simulator.Messages;

/// <summary>One message to the agent as the ledger knows it.</summary>
public sealed record Message
{
    public required string MessageId { get; init; }

    public required string SessionId { get; init; }

    public required string Text { get; init; }

    /// <summary>SHA-256 of the text in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public MessageOutcome Outcome { get; init; }

    /// <summary>How often the message generated something: 0 or 1, more would be a defect of the simulator.</summary>
    public int Executions { get; init; }

    /// <summary>The last stage that was applied: 0 none, 1 the raw video, 2 music and title.</summary>
    public int LastStage { get; init; }

    /// <summary>Credits set aside while the message runs.</summary>
    public int Reserved { get; init; }

    /// <summary>Credits taken for good.</summary>
    public int Charged { get; init; }

    /// <summary>The code the message was refused with; 0 if it was not.</summary>
    public int RefusedWith { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

namespace NemoVideo.Simulator.State;

/// <summary>One stage of a generation that changed the timeline: 1 the raw video, 2 the music, title and effects.</summary>
public sealed record AppliedStage
{
    public required string MessageId { get; init; }

    public required int Stage { get; init; }

    public required DateTimeOffset At { get; init; }
}

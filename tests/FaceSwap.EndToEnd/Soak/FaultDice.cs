using NemoVideo.Simulator.Scenarios;

namespace FaceSwap.EndToEnd.Soak;

/// <summary>Throws a job's faults: what the field reports, and more of it. The same seed gives the same faults.</summary>
internal sealed class FaultDice(int seed)
{
    private static readonly BackendCall[] AnyCall =
        [BackendCall.SessionCreate, BackendCall.Upload, BackendCall.State, BackendCall.Credits, BackendCall.RenderSubmit, BackendCall.RenderPoll, BackendCall.RenderDownload];

    private readonly Random random = new(seed);

    /// <summary>The behaviour of the backend towards the next session.</summary>
    public Scenario Throw() => new()
    {
        NextSessions = 1,
        Silent = Chance(30),
        Cut = Chance(10) ? new Cut { AfterEvents = random.Next(0, 6), Place = Pick(Enum.GetValues<CutPlace>()) } : null,
        OnDisconnect = Chance(50) ? OnDisconnect.Cancel : OnDisconnect.Continue,
        RenderFailures = Chance(5) ? 1 : 0,
        EventShape = Pick(Enum.GetValues<EventShape>()),
        RenderShape = Pick(Enum.GetValues<RenderShape>()),
        SecondStage = Pick(Enum.GetValues<SecondStage>()),
        ClosingIssue = Chance(10),
        UnknownEvents = Chance(10),
        BrokenAddress = Chance(5),
        Timings = new Dictionary<Phase, int> { [Phase.Latency] = random.Next(0, 30), [Phase.Generation] = random.Next(20, 400) },
        Faults = [.. Faults()],
    };

    /// <summary>What goes away under a wave of jobs, when so many messages of it have come, and for how long; null where nothing does.</summary>
    /// <remarks>Waits are a hundredth of what they are otherwise, and so are outages: seconds of the backend stand for minutes.</remarks>
    public Outage? ThrowOutage(int jobs) => random.Next(100) switch
    {
        < 25 => new Outage(OfStorage: false, random.Next(0, jobs), TimeSpan.FromSeconds(1 + (2 * random.NextDouble()))),
        < 50 => new Outage(OfStorage: true, random.Next(0, jobs), TimeSpan.FromSeconds(1 + (2 * random.NextDouble()))),
        _ => null,
    };

    private IEnumerable<Fault> Faults()
    {
        if (Chance(5))
        {
            yield return new Fault { Call = Pick([.. AnyCall, BackendCall.Message]), Kind = FaultKind.ExpiredToken };
        }

        if (Chance(5))
        {
            yield return new Fault { Call = Pick(AnyCall), Kind = FaultKind.ServerError };
        }

        if (Chance(2))
        {
            yield return new Fault { Call = Pick([BackendCall.Upload, BackendCall.State, BackendCall.Message]), Kind = FaultKind.LostSession };
        }
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}

/// <summary>A time without the backend, or without the storage account.</summary>
internal sealed record Outage(bool OfStorage, int AfterMessages, TimeSpan Length);

using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.Desk;

/// <summary>A call that was let in.</summary>
/// <param name="Http">The request.</param>
/// <param name="Scenario">The scenario it plays in.</param>
/// <param name="Who">The session, account or client its passages are counted for.</param>
/// <param name="Gates">The gates on its way.</param>
/// <param name="Life">Ends with the simulator, or with the caller where the scenario cancels on disconnect.</param>
internal sealed record Visit(HttpContext Http, Scenario Scenario, string Who, GateKeeper Gates, CancellationToken Life)
{
    /// <summary>The caller's account; null where the call needs no token.</summary>
    public Account? Account { get; init; }

    /// <summary>The session the call names; null where it names none.</summary>
    public Session? Session { get; init; }

    public Task PassAsync(Point point) => Gates.PassAsync(Scenario, point, Who, Life);

    public IResult Refuse(int code, string message) => Answer.Refusal(Scenario, code, message);
}

using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Desk;

/// <summary>Answers calls that meet a fault. Where a fault is about a token or a session, it really ends.</summary>
internal sealed class FaultAnswers(BackendLedger ledger)
{
    public IResult Of(Fault fault, Visit visit, Token? bearer)
    {
        switch (fault.Kind)
        {
            case FaultKind.ExpiredToken when bearer is not null:
                ledger.Write(new TokenEnded(bearer.Value));
                return InvalidTokenFor(visit);
            case FaultKind.LostSession when visit.Session is { } session:
                ledger.Write(new SessionEnded(session.SessionId));
                return visit.Refuse(Codes.SessionNotFound, "session not found");
            case FaultKind.RateLimited:
                visit.Http.Response.Headers.RetryAfter = fault.RetryAfterSeconds?.ToString();
                return visit.Refuse(Codes.RateLimited, "too many requests");
            case FaultKind.ServerError:
                return Results.Text("upstream unavailable", "text/plain", statusCode: fault.Status);
            case FaultKind.NoCredits:
                return visit.Refuse(Codes.NoCredits, "insufficient credits");
            case FaultKind.PlanBlocked:
                return visit.Refuse(Codes.PlanBlocked, "export is not available on the free plan");
            default:
                return new BrokenConnection();
        }
    }

    public static IResult InvalidTokenFor(Visit visit) => visit.Scenario.InvalidToken switch
    {
        InvalidToken.Code1010 => visit.Refuse(Codes.InvalidTokenNewer, "invalid token"),
        InvalidToken.Code1011 => visit.Refuse(Codes.ExpiredTokenNewer, "token expired"),
        InvalidToken.Unauthorized => Results.StatusCode(StatusCodes.Status401Unauthorized),
        _ => visit.Refuse(Codes.InvalidToken, "token invalid or expired"),
    };
}

using System.Text.Json.Nodes;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Desk;

/// <summary>The backend's answers: <c>{"code":0,"data":…}</c>, or a code and a message.</summary>
internal static class Answer
{
    public static IResult Ok(JsonObject data) => Json(new JsonObject { ["code"] = 0, ["data"] = data });

    /// <summary>A code, with HTTP 200 or with the status that matches it, as the scenario says.</summary>
    public static IResult Refusal(Scenario scenario, int code, string message) =>
        Json(
            new JsonObject { ["code"] = code, ["message"] = message },
            scenario.ErrorStatus == ErrorStatus.Ok ? StatusCodes.Status200OK : StatusFor(code));

    public static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static int StatusFor(int code) => code switch
    {
        Codes.InvalidToken or Codes.InvalidTokenNewer or Codes.ExpiredTokenNewer => StatusCodes.Status401Unauthorized,
        Codes.SessionNotFound => StatusCodes.Status404NotFound,
        Codes.NoCredits => StatusCodes.Status402PaymentRequired,
        Codes.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        Codes.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => code,
    };
}

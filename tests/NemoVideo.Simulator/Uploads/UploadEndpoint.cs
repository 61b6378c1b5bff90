using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Uploads;

/// <summary><c>POST /api/upload-video/nemo_agent/me/{session}</c>.</summary>
internal sealed class UploadEndpoint(FrontDesk desk, MultipartIntake multipart, AddressIntake addresses, BackendLedger ledger)
{
    public Task<IResult> HandleAsync(HttpContext http, string sessionId) =>
        desk.ServeSessionAsync(http, BackendCall.Upload, sessionId, async visit =>
        {
            if (http.Request is { HasFormContentType: true, ContentLength: null })
            {
                // As gateways do that take no body of unknown length.
                return Results.StatusCode(StatusCodes.Status411LengthRequired);
            }

            var intake = await TakeAsync(http);
            if (intake.Code != 0)
            {
                return visit.Refuse(intake.Code, intake.Message);
            }

            await visit.PassAsync(Point.UploadReceived);
            if (visit.Scenario.UploadShape != UploadShape.Dropped)
            {
                ledger.Write(new FilesUploaded(sessionId, intake.Files));
            }

            await visit.PassAsync(Point.UploadApplied);
            return Answer.Ok(new JsonObject
            {
                ["files"] = new JsonArray([.. intake.Files.Select(file => FileDescription.Of(file, http.Request))]),
                ["session_state_applied"] = visit.Scenario.UploadShape == UploadShape.Applied,
            });
        });

    private Task<Intake> TakeAsync(HttpContext http)
    {
        var isMultipart = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        return isMultipart && HeaderUtilities.RemoveQuotes(type!.Boundary).Value is { Length: > 0 } boundary
            ? multipart.TakeAsync(http.Request, boundary, http.RequestAborted)
            : addresses.TakeAsync(http, http.RequestAborted);
    }
}

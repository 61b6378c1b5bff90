using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;

namespace NemoVideo.Simulator.Uploads;

/// <summary>Files named by address; the backend fetches them itself.</summary>
internal sealed class AddressIntake(FileIntake files, HttpClient http)
{
    public async Task<Intake> TakeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadObjectAsync(context);
        if (body?["source_type"].AsText() != "url" || body["urls"] is not JsonArray { Count: > 0 } addresses)
        {
            return Intake.Refused(Codes.BadRequest, "urls and source_type are required");
        }

        var taken = new List<UploadedFile>();
        foreach (var address in addresses)
        {
            var intake = await FetchAsync(address.AsText(), cancellationToken);
            if (intake.Code != 0)
            {
                return intake;
            }

            taken.AddRange(intake.Files);
        }

        return new Intake(taken);
    }

    private async Task<Intake> FetchAsync(string? address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return Intake.Refused(Codes.BadRequest, "not an address");
        }

        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await files.TakeAsync(content, Path.GetFileName(uri.LocalPath), uri.GetLeftPart(UriPartial.Path), cancellationToken);
        }
        catch (HttpRequestException)
        {
            return Intake.Refused(Codes.BadRequest, "the address could not be fetched");
        }
    }
}

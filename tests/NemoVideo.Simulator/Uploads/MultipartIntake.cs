using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using NemoVideo.Simulator.Desk;

namespace NemoVideo.Simulator.Uploads;

/// <summary>Files sent in the body, one or more parts named <c>files</c>.</summary>
internal sealed class MultipartIntake(FileIntake files)
{
    public async Task<Intake> TakeAsync(HttpRequest request, string boundary, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body);
        var taken = new List<UploadedFile>();
        Intake? refusal = null;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            // After a refusal the rest is read and dropped: the caller is still sending and must be able to hear the answer.
            if (refusal is not null || !IsFile(section, out var filename))
            {
                refusal ??= Intake.Refused(Codes.BadRequest, "every part must be a file named files");
                continue;
            }

            var intake = await files.TakeAsync(section.Body, filename, fetchedFrom: null, cancellationToken);
            refusal = intake.Code == 0 ? null : intake;
            taken.AddRange(intake.Files);
        }

        return refusal ?? (taken.Count > 0 ? new Intake(taken) : Intake.Refused(Codes.BadRequest, "no files"));
    }

    private static bool IsFile(MultipartSection section, out string filename)
    {
        var named = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition);
        filename = (disposition?.FileNameStar.HasValue == true ? disposition.FileNameStar : disposition?.FileName).ToString()?.Trim('"') ?? "";
        return named && disposition!.Name.ToString().Trim('"') == "files" && filename.Length > 0;
    }
}

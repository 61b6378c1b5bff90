using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Media;

namespace NemoVideo.Simulator.Uploads;

/// <summary>Takes one file in: size, then extension and content.</summary>
internal sealed class FileIntake(MediaFolder folder)
{
    public async Task<Intake> TakeAsync(Stream content, string filename, string? fetchedFrom, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(filename).TrimStart('.').ToLowerInvariant();
        if (!extension.All(char.IsAsciiLetterOrDigit))
        {
            extension = "";
        }

        if (await folder.SaveAsync(content, extension, cancellationToken) is not { } stored)
        {
            return Intake.Refused(Codes.TooLarge, "file exceeds the size limit");
        }

        await using var file = folder.Open(stored.Name);
        if (await TypeOfAsync(file, extension, cancellationToken) is not { } type)
        {
            File.Delete(folder.PathOf(stored.Name));
            return Intake.Refused(Codes.Unsupported, $"unsupported file: {Path.GetFileName(filename)}");
        }

        file.Position = 0;
        return new Intake([new UploadedFile
        {
            Filename = Path.GetFileName(filename),
            FileType = type,
            StoredAs = stored.Name,
            Size = stored.Size,
            Hash = stored.Hash,
            FetchedFrom = fetchedFrom,
            Facts = await MediaFactsReader.ReadAsync(file, type, cancellationToken),
        }]);
    }

    private static async Task<string?> TypeOfAsync(Stream file, string extension, CancellationToken cancellationToken)
    {
        var header = new byte[MediaFormats.HeaderLength];
        var read = await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        return MediaFormats.TypeOf(extension, header.AsSpan(0, read));
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Options;
using NemoVideo.Simulator.Media;
using NemoVideo.Simulator.Sessions;
using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator.Renders;

/// <summary>
/// Lays the face over the clip, in an oval with a soft edge, with ffmpeg: H.264 in MP4, playable while it loads.
/// Without ffmpeg, without a face, or where compositing is switched off, the clip itself is the result.
/// </summary>
internal sealed partial class Compositor(MediaFolder folder, IOptions<SimulatorOptions> options, ILogger<Compositor> logger) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <returns>The stored name of the result; null when there is no clip or it cannot be composited.</returns>
    public async Task<string?> ComposeAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Clip is not { } clip || session.Face is not { } face || !options.Value.Composite || !FfmpegIsPresent())
        {
            return session.Clip?.StoredAs;
        }

        var result = $"{Identifiers.New("result")}.mp4";
        await one.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(Arguments(clip, face, result), cancellationToken)
                ? result
                : null;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments)
        {
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = await ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
            await ffmpeg.WaitForExitAsync(cancellationToken);
            if (ffmpeg.ExitCode != 0)
            {
                Log.Failed(logger, ffmpeg.ExitCode, errors);
            }

            return ffmpeg.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            ffmpeg.Kill();
            throw;
        }
    }

    private string[] Arguments(UploadedFile clip, UploadedFile face, string result) =>
    [
        "-v", "error", "-nostdin", "-y", "-i", folder.PathOf(clip.StoredAs), "-i", folder.PathOf(face.StoredAs),
        "-filter_complex", CompositeFilter.For(clip.Facts), "-map", "[out]", "-map", "0:a?",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-c:a", "aac", "-movflags", "+faststart", folder.PathOf(result),
    ];

    private static bool FfmpegIsPresent() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, "ffmpeg")));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ffmpeg ended with {ExitCode}: {Errors}")]
        public static partial void Failed(ILogger logger, int exitCode, string errors);
    }
}

namespace NemoVideo.Simulator.Uploads;

/// <summary>What became of an upload: its files, or the code and the message it is refused with.</summary>
internal sealed record Intake(IReadOnlyList<UploadedFile> Files, int Code = 0, string Message = "")
{
    public static Intake Refused(int code, string message) => new([], code, message);
}

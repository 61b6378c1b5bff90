namespace FaceSwap.Storage;

/// <summary>Where things lie in the container. No text of a caller is ever part of a path.</summary>
internal static class JobPaths
{
    public const string ClientId = "system/client-id";
    public const string AnonymousToken = "system/anonymous-token";

    public static string Input(string jobId, string fileName) => $"jobs/{jobId}/input/{fileName}";

    public static string Result(string jobId) => $"jobs/{jobId}/result/video.mp4";

    public const string RenderTimes = "system/render-times.json";

    public static string Baseline(string jobId) => $"jobs/{jobId}/baseline.json";

    public static string Reservations(string account) => $"system/reservations/{account}.json";

    public static string SessionOwner(string sessionId) => $"system/sessions/{sessionId}";

    public static string Draft(string jobId) => $"jobs/{jobId}/draft.json";

    public static string Progress(string jobId) => $"jobs/{jobId}/progress.json";

    public static string Record(string jobId) => $"jobs/{jobId}/job.json";

    public static string Intent(string jobId, int attempt) => $"jobs/{jobId}/ledger/swap-{attempt}.json";

    public static string UploadIntent(string jobId, string sessionId) => $"jobs/{jobId}/ledger/upload-{sessionId}.json";

    public static string Uses(string account) => $"system/uses/{account}/";
}

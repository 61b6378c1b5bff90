using System.Text.Json.Nodes;

namespace FaceSwap.Tests.Contract;

/// <summary>Examples of records, as they come and go.</summary>
internal static class Examples
{
    private const string Id = "job_01a20331b40f712a9f581371462cbc72";

    private const string Batch = "batch_01a20331b40f712a9f581371462cbc72";

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["JobBody"] = """{"video":"https://media.example.com/clip.mp4","face":"https://media.example.com/face.jpg","webhook":{"url":"https://example.com/hooks"},"metadata":{"order":"4711"},"deadline":"PT30M"}""",
        ["JobView"] = $$$"""{"id":"{{{Id}}}","status":"completed","percent":100,"submittedAt":"2026-11-22T12:18:38Z","updatedAt":"2026-11-22T12:22:02Z","timeline":[{"stage":"queued","at":"2026-11-22T12:18:38Z"},{"stage":"completed","at":"2026-11-22T12:22:02Z"}],"result":{"contentType":"video/mp4","size":95067,"sha256":"a4b819fdc2a26a6f0b1a4a1ac1b5e9b5f9d6a0cf7d9b6f0f9b4dbd3f4c2d4c21"},"links":{"self":"https://swap.example.com/api/jobs/{{{Id}}}","result":"https://swap.example.com/api/jobs/{{{Id}}}/result"}}""",
        ["JobListBody"] = $$$"""{"jobs":[{"id":"{{{Id}}}","status":"completed","percent":100,"submittedAt":"2026-11-22T12:18:38Z","endedAt":"2026-11-22T12:22:02Z","links":{"self":"https://swap.example.com/api/jobs/{{{Id}}}"}}]}""",
        ["BatchBody"] = """{"items":[{"video":"https://media.example.com/1.mp4"},{"video":"https://media.example.com/2.mp4","metadata":{"order":"4712"}}],"defaults":{"face":"https://media.example.com/face.jpg"},"concurrency":2}""",
        ["BatchView"] = $$$"""{"id":"{{{Batch}}}","status":"running","percent":50,"counts":{"items":2,"running":1,"completed":1,"failed":0,"ambiguous":0,"cancelled":0},"credits":{"estimated":200,"soFar":100},"concurrency":2,"onError":"continue","submittedAt":"2026-11-22T12:18:38Z","updatedAt":"2026-11-22T12:22:02Z","links":{"self":"https://swap.example.com/api/batches/{{{Batch}}}","items":"https://swap.example.com/api/batches/{{{Batch}}}/items","results":"https://swap.example.com/api/batches/{{{Batch}}}/results"}}""",
        ["RetryBody"] = """{"include":["cancelled","not_started"]}""",
        ["ScheduleBody"] = """{"name":"every night","cron":"0 30 2 * * *","timeZone":"Europe/Berlin","batch":{"items":[{"video":"https://media.example.com/today.mp4"}],"defaults":{"face":"https://media.example.com/face.jpg"}}}""",
        ["SchedulePatch"] = """{"cron":"0 0 3 * * MON-FRI"}""",
        ["MessageBody"] = """{"text":"add soft piano music"}""",
        ["UploadBody"] = """{"filename":"clip.mp4","size":314572800,"contentType":"video/mp4"}""",
        ["EndpointBody"] = """{"url":"https://example.com/hooks","events":["job.completed","job.failed"]}""",
        ["EndpointPatch"] = """{"enabled":false}""",
        ["RecoverBody"] = """{"since":"2026-01-31T09:00:00Z"}""",
        ["ProblemBody"] = """{"type":"urn:faceswap:problem:missing_face","title":"The face is missing.","status":422,"detail":"The submission names no 'face'.","code":"missing_face","remedy":"Give 'face': an http(s) address of a picture, or a file part of that name."}""",
    };

    public static JsonNode? Of(Type type) => Texts.TryGetValue(type.Name, out var text) ? JsonNode.Parse(text) : null;
}

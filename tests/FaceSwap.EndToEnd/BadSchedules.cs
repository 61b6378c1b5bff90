namespace FaceSwap.EndToEnd;

/// <summary>Bad requests about schedules.</summary>
internal static partial class BadRequests
{
    private const string NoSchedule = "sched_00000000000000000000000000000000";
    private const string Runs = $$"""{"items":[{{Item}}]}""";

    private static (string Method, string Target)[] OfASchedule =>
    [
        ("GET", "schedules/{id}"),
        ("PATCH", "schedules/{id}"),
        ("DELETE", "schedules/{id}"),
        ("GET", "schedules/{id}/runs"),
        ("POST", "schedules/{id}/pause"),
        ("POST", "schedules/{id}/resume"),
        ("POST", "schedules/{id}/run"),
    ];

    private static IEnumerable<BadRequest> Schedules()
    {
        foreach (var (method, target) in OfASchedule)
        {
            foreach (var (what, id) in NoIds.Append(("an id in capitals", NoSchedule.ToUpperInvariant())).Append(("the id of a batch", NoBatch)).Append(("the id of no schedule", NoSchedule)))
            {
                var request = new BadRequest($"{method} {target} with {what}", method, target.Replace("{id}", id, StringComparison.Ordinal), 404, "schedule_not_found");
                yield return method == "PATCH" ? request.With("""{"name":"nightly"}""") : request;
            }
        }

        yield return Schedule("a schedule that is no JSON", "nightly", 400, "invalid_json");
        yield return Schedule("a schedule as a form", "{}", 415, "unsupported_content_type") with { ContentType = "text/plain" };
        yield return Schedule("a schedule with a misspelt field", $$"""{"crom":"0 0 * * *","batch":{{Runs}}}""", 400, "invalid_json");
        yield return Schedule("a schedule without a batch", """{"cron":"0 0 * * *"}""", 422, "invalid_request");
        yield return Schedule("a schedule without a time", $$"""{"batch":{{Runs}}}""", 422, "invalid_request");
        yield return Schedule("a schedule of no items", """{"cron":"0 0 * * *","batch":{"items":[]}}""", 422, "invalid_request");
        yield return Schedule("a schedule of a bad item", """{"cron":"0 0 * * *","batch":{"items":[{"video":"https://example.com/v.mp4"}]}}""", 422, "invalid_batch");
        yield return Schedule("a schedule of an upload", """{"cron":"0 0 * * *","batch":{"items":[{"video":"upload_00000000000000000000000000000000","face":"https://example.com/f.png"}]}}""", 422, "invalid_batch");
        yield return Schedule("a schedule of another caller's prefix", """{"cron":"0 0 * * *","batch":{"prefix":"callers/somebody/"}}""", 404, "blob_not_found");
        yield return Schedule("a schedule of a prefix in one session", """{"cron":"0 0 * * *","batch":{"mode":"shared_session","prefix":"a/"}}""", 422, "invalid_request");
        yield return Schedule("a schedule of a manifest", """{"cron":"0 0 * * *","batch":{"manifest":"items.csv"}}""", 422, "invalid_request");
        yield return Schedule("a schedule of a prefix with a video for all", """{"cron":"0 0 * * *","batch":{"prefix":"a/","defaults":{"video":"https://example.com/v.mp4"}}}""", 422, "invalid_request");
        yield return Schedule("a schedule of a prefix with two faces for all", """{"cron":"0 0 * * *","batch":{"prefix":"a/","defaults":{"faces":["https://example.com/f.png","https://example.com/g.png"],"instruction":"swap"}}}""", 422, "invalid_request");
        yield return Schedule("a schedule of a prefix with a bad deadline", """{"cron":"0 0 * * *","batch":{"prefix":"a/","defaults":{"deadline":"soon"}}}""", 422, "invalid_request");
        foreach (var (what, fields) in new[]
        {
            ("a cron that never comes", """ "cron":"0 0 30 2 *" """),
            ("a cron of three fields", """ "cron":"0 0 *" """),
            ("a cron of words", """ "cron":"every night" """),
            ("an empty cron", """ "cron":"" """),
            ("a cron of 25 hours", """ "cron":"0 25 * * *" """),
            ("a cron of 300 characters", $$""" "cron":"{{new string('0', 300)}}" """),
            ("a cron with a line break", """ "cron":"0 0 * * *\n" """),
            ("a time zone that is none", """ "cron":"0 0 * * *","timeZone":"Mars/Olympus" """),
            ("a time zone of Windows", """ "cron":"0 0 * * *","timeZone":"W. Europe Standard Time" """),
            ("an offset for a time zone", """ "cron":"0 0 * * *","timeZone":"+02:00" """),
            ("a time zone that climbs", """ "cron":"0 0 * * *","timeZone":"../../etc/passwd" """),
            ("a time that has passed", """ "at":"2001-01-01T00:00:00Z" """),
            ("a time without an offset", """ "at":"2101-01-01T00:00:00" """),
            ("a day for a time", """ "at":"2101-01-01" """),
            ("a word for a time", """ "at":"tomorrow" """),
            ("both kinds of time", """ "cron":"0 0 * * *","at":"2101-01-01T00:00:00Z" """),
            ("a time zone for one time", """ "at":"2101-01-01T00:00:00Z","timeZone":"Europe/Berlin" """),
            ("an unknown overlap", """ "cron":"0 0 * * *","overlap":"parallel" """),
            ("a name of white space", """ "cron":"0 0 * * *","name":" " """),
            ("a name of 257 characters", $$""" "cron":"0 0 * * *","name":"{{new string('n', 257)}}" """),
        })
        {
            yield return Schedule($"a schedule with {what}", $$"""{{{fields}},"batch":{{Runs}}}""", 422, "invalid_request");
        }

        yield return new BadRequest("the schedules of another caller", "GET", "schedules?caller=user:ada", 403, "forbidden");
        yield return new BadRequest("runs of no schedule from a cursor on", "GET", $"schedules/{NoSchedule}/runs?cursor={Cursor}", 404, "schedule_not_found");
        yield return new BadRequest("a change of a schedule's batch", "PATCH", $"schedules/{NoSchedule}", 400, "invalid_json").With($$"""{"batch":{{Runs}}}""");
        yield return new BadRequest("a change to both kinds of time", "PATCH", $"schedules/{NoSchedule}", 422, "invalid_request").With("""{"cron":"0 0 * * *","at":"2101-01-01T00:00:00Z"}""");
    }

    private static BadRequest Schedule(string what, string json, int status, string code) => new BadRequest(what, "POST", "schedules", status, code).With(json);
}

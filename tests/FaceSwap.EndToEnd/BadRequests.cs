using System.IO.Compression;
using System.Text;
using FaceSwap.Testing.Media;

namespace FaceSwap.EndToEnd;

/// <summary>The bad requests, by what is wrong with them.</summary>
internal static partial class BadRequests
{
    public const string Endpoint = "{endpoint}";
    public const string Delivery = "{delivery}";

    /// <summary>The cursor of a page of <see cref="Endpoint"/>'s deliveries.</summary>
    public const string Cursor = "{cursor}";

    /// <summary>An endpoint whose deliveries <see cref="Cursor"/> is not of.</summary>
    public const string Other = "{other}";

    public const string NoJob = "job_00000000000000000000000000000000";
    private const string NoEndpoint = "whe_00000000000000000000000000000000";
    private const string NoDelivery = "dlv_0000000000000000_0000000000000000";
    private const string Sources = """ "video":"https://example.com/v.mp4","face":"https://example.com/f.png" """;
    private const string Media = "application/octet-stream";
    private const string FormText = "Content-Disposition: form-data; name=";
    private static readonly (string, byte[]) Clip = ($"{FormText}video; filename=clip.mp4", SampleMedia.Clip);
    private static readonly (string, byte[]) Face = ($"{FormText}face; filename=face.png", SampleMedia.FacePng);

    private static readonly (string Method, string Target)[] OfAJob =
    [
        ("GET", "jobs/{id}"),
        ("DELETE", "jobs/{id}"),
        ("GET", "jobs/{id}/events"),
        ("GET", "jobs/{id}/record"),
        ("GET", "jobs/{id}/result"),
        ("GET", "jobs/{id}/timeline"),
        ("POST", "jobs/{id}/cancel"),
        ("POST", "jobs/{id}/claim-link"),
        ("POST", "jobs/{id}/messages"),
    ];

    private static readonly (string Method, string Target)[] OfAnEndpoint =
    [
        ("GET", "webhook-endpoints/{id}"),
        ("PATCH", "webhook-endpoints/{id}"),
        ("DELETE", "webhook-endpoints/{id}"),
        ("GET", "webhook-endpoints/{id}/secret"),
        ("POST", "webhook-endpoints/{id}/rotate-secret"),
        ("POST", "webhook-endpoints/{id}/test"),
        ("POST", "webhook-endpoints/{id}/recover"),
        ("GET", "webhook-endpoints/{id}/deliveries"),
        ("GET", $"webhook-endpoints/{{id}}/deliveries/{NoDelivery}"),
        ("POST", $"webhook-endpoints/{{id}}/deliveries/{NoDelivery}/redeliver"),
    ];

    // What no id looks like, and what looks like one and is none.
    private static readonly (string What, string Id)[] NoIds =
    [
        ("an id that names nothing", "unknown"),
        ("an id that climbs", "..%2f..%2fsystem"),
        ("an id with a backslash", "..%5c..%5csystem"),
        ("an id of white space", "%20"),
        ("an id with a line break", "a%0d%0ab"),
        ("an id of other letters", "%E4%BD%9C%E4%B8%9A"),
        ("an id of 2,000 characters", new string('a', 2000)),
    ];

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        .. Bodies(),
        .. Fields(),
        .. Addresses(),
        .. Rules(),
        .. Continuations(),
        .. Forms(),
        .. Queries(),
        .. Keys(),
        .. Lists(),
        .. Jobs(),
        .. Batches(),
        .. Schedules(),
        .. Messages(),
        .. Endpoints(),
        .. Uploads(),
        .. Callers(),
        .. OfTheHost(),
    ];

    /// <summary>What every route refuses alike.</summary>
    /// <param name="method">The route's method.</param>
    /// <param name="target">The route, its names filled in.</param>
    public static IEnumerable<BadRequest> OfRoute(string method, string target)
    {
        var request = new BadRequest($"{method} {target}", method, target, 401, "unauthenticated");
        yield return request with { What = $"{request.What} by a name and a password", Headers = [("Authorization", "Basic bWU6cHc=")] };
        yield return request with { What = $"{request.What} by a token of nobody", Headers = [("Authorization", "Bearer e30.e30.e30")] };
        yield return request with { What = $"{request.What} by a forged principal", Headers = [("X-MS-CLIENT-PRINCIPAL", "e30="), ("X-MS-CLIENT-PRINCIPAL-ID", "root")] };
        yield return request with { What = $"{request.What} by a forged name alone", Headers = [("X-MS-CLIENT-PRINCIPAL-NAME", "root")] };
        yield return request with { What = $"{request.What} in another's place", Target = $"{target}?caller=user:ada", Status = 403, Code = "forbidden" };
    }

    private static BadRequest Submit(string what, int status, string? code) => new(what, "POST", "jobs", status, code);

    private static BadRequest Submission(string what, string fields, int status = 422, string code = "invalid_request") =>
        Submit(what, status, code).With($"{{{Sources},{fields}}}");

    private static BadRequest Get(string what, string target, int status = 422, string? code = "invalid_request") => new(what, "GET", target, status, code);

    private static BadRequest Post(string what, string target, string json, int status, string code) =>
        new BadRequest(what, "POST", target, status, code).With(json);

    private static IEnumerable<BadRequest> Bodies()
    {
        foreach (var (what, body) in new (string, string)[]
        {
            ("an empty body", ""),
            ("white space", " \n"),
            ("half an object", "{"),
            ("null", "null"),
            ("an array", "[]"),
            ("a string", "\"text\""),
            ("a number", "1"),
            ("text after the object", $"{{{Sources}}} x"),
            ("two objects", $"{{{Sources}}}{{{Sources}}}"),
            ("a comma at the end", $"{{{Sources},}}"),
            ("a comment", $"{{{Sources}/* both */}}"),
            ("single quotation marks", "{'video':'https://example.com/v.mp4'}"),
            ("a mark of the byte order", $"\uFEFF{{{Sources}}}"),
            ("a line break in a string", $"{{{Sources},\"instruction\":\"a\nb\"}}"),
            ("half a surrogate", $$"""{{{Sources}},"instruction":"\ud800"}"""),
            ("half a surrogate as a key of metadata", $$$"""{{{{Sources}}},"metadata":{"\ud800":"a"}}"""),
            ("half a surrogate as a field", $$"""{{{Sources}},"\udc00":"a"}"""),
            ("arrays in one another", new string('[', 30_000)),
            ("objects in one another", string.Concat(Enumerable.Repeat("{\"metadata\":", 5_000))),
            ("arrays in one another in a field", $"{{{Sources},\"metadata\":{new string('[', 5_000)}{new string(']', 5_000)}}}"),
            ("more than 64 KiB", $"{{{Sources},\"instruction\":\"{new string('a', 70_000)}\"}}"),
            ("more than 64 KiB of white space", $"{{{Sources}}}{new string(' ', 70_000)}"),
            ("zeros", "\0\0\0\0"),
        })
        {
            yield return Submit($"JSON: {what}", 400, "invalid_json").With(body);
        }

        var json = Encoding.UTF8.GetBytes($"{{{Sources}}}");
        yield return Submit("JSON in UTF-16", 400, "invalid_json") with
        {
            Body = Encoding.Unicode.GetBytes($"{{{Sources}}}"),
            ContentType = "application/json; charset=utf-16",
        };
        yield return Submit("JSON in Latin-1", 400, "invalid_json") with
        {
            Body = Encoding.Latin1.GetBytes($"{{{Sources},\"instruction\":\"échange\"}}"),
            ContentType = "application/json; charset=iso-8859-1",
        };
        yield return Submit("compressed JSON", 400, "invalid_json") with
        {
            Body = Compress(json),
            ContentType = "application/json",
            Headers = [("Content-Encoding", "gzip")],
        };
        foreach (var type in new[]
        {
            "", "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "application/json-patch", "multipart/mixed; boundary=b", "json", "application/json/json",
        })
        {
            yield return Submit($"content of the type '{type}'", 415, "unsupported_content_type") with { Body = json, ContentType = type };
        }
    }

    private static IEnumerable<BadRequest> Fields()
    {
        foreach (var field in new[]
        {
            """ "instruction":1 """,
            """ "instruction":["swap"] """,
            """ "language":{} """,
            """ "metadata":[] """,
            """ "metadata":"a" """,
            """ "metadata":{"a":1} """,
            """ "metadata":{"a":{"b":"c"}} """,
            """ "webhook":"https://example.com/hook" """,
            """ "webhook":[] """,
            """ "webhook":{"url":1} """,
            """ "webhook":{"url":"https://example.com/hook","events":"job.completed"} """,
            """ "webhook":{"url":"https://example.com/hook","events":[1]} """,
            """ "webhook":{"uri":"https://example.com/hook"} """,
            """ "webhook":{"url":"https://example.com/hook","secret":"mine"} """,
            """ "deadline":1800 """,
            """ "onUnknownOutcome":true """,
            """ "consent":"yes" """,
            """ "consent":{"by":"Ada","statement":"yes","at":"today"} """,
            """ "continueFrom":1 """,
            """ "videos":"https://example.com/w.mp4" """,
            """ "faces":[1] """,
            """ "output":"mp4" """,
            """ "output":{"width":1920} """,
            """ "vidoe":"https://example.com/v.mp4" """,
            """ "id":"job_00000000000000000000000000000000" """,
            """ "caller":"user:ada" """,
            """ "validate_only":true """,
            """ "__proto__":{} """,
            """ "video":"https://example.com/w.mp4" """,
            """ "VIDEO":"https://example.com/w.mp4" """,
            """ "instruction":"a","instruction":"b" """,
            """ "metadata":{"a":"1","a":"2"} """,
            """ "webhook":{"url":"https://example.com/hook","url":"https://example.com/other"} """,
            """ "consent":{"by":"Ada","by":"Bob","statement":"yes"} """,
        })
        {
            yield return Submission($"the field {field.Trim()}", field, 400, "invalid_json");
        }

        foreach (var video in new[] { "1", "true", "[]", "{}", """["https://example.com/v.mp4"]""" })
        {
            yield return Submit($"the video {video}", 400, "invalid_json").With($$"""{"video":{{video}},"face":"https://example.com/f.png"}""");
        }
    }

    private static IEnumerable<BadRequest> Addresses()
    {
        yield return Submit("no field at all", 422, "missing_video").With("{}");
        yield return Submit("a face alone", 422, "missing_video").With("""{"face":"https://example.com/f.png"}""");
        yield return Submit("a video alone", 422, "missing_face").With("""{"video":"https://example.com/v.mp4"}""");
        yield return Submit("a video of null", 422, "missing_video").With("""{"video":null,"face":"https://example.com/f.png"}""");
        yield return Submit("a video of white space", 422, "missing_video").With("""{"video":" ","face":"https://example.com/f.png"}""");
        yield return Submit("an empty face", 422, "missing_face").With("""{"video":"https://example.com/v.mp4","face":""}""");
        foreach (var address in new[]
        {
            "v.mp4",
            "/v.mp4",
            "//example.com/v.mp4",
            "https://",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:video/mp4;base64,AAAA",
            "ftp://example.com/v.mp4",
            "https://me@example.com/v.mp4",
            "https://me:pw@example.com/v.mp4",
            "http://127.0.0.1/v.mp4",
            "http://127.1/v.mp4",
            "http://2130706433/v.mp4",
            "http://0x7f000001/v.mp4",
            "http://0.0.0.0/v.mp4",
            "http://10.0.0.1/v.mp4",
            "http://100.64.0.1/v.mp4",
            "http://169.254.169.254/latest/meta-data",
            "http://172.16.0.1/v.mp4",
            "http://192.168.0.1/v.mp4",
            "http://224.0.0.1/v.mp4",
            "http://255.255.255.255/v.mp4",
            "http://[::1]/v.mp4",
            "http://[::]/v.mp4",
            "http://[::ffff:127.0.0.1]/v.mp4",
            "http://[64:ff9b::7f00:1]/v.mp4",
            "http://[fe80::1]/v.mp4",
            "http://[fd00::1]/v.mp4",
            "http:localhost/v.mp4",
            "http://a..b/v.mp4",
            "http://example.com:99999/v.mp4",
            "http://127。0。0。1/v.mp4",
            "http://xn--aü.com/v.mp4",
            "UPLOAD_00000000000000000000000000000000",
            $"https://example.com/{new string('a', 2029)}",
        })
        {
            yield return Submit($"the video {Shorten(address)}", 422, "address_refused").With($$"""{"video":"{{address}}","face":"https://example.com/f.png"}""");
        }

        foreach (var address in new[] { "face", "file:///face.png", "http://127.0.0.1/f.png", "https://me@example.com/f.png" })
        {
            yield return Submit($"the face {address}", 422, "address_refused").With($$"""{"video":"https://example.com/v.mp4","face":"{{address}}"}""");
        }

        foreach (var upload in new[]
        {
            "upload_", "upload_00000000000000000000000000000000", "upload_0000000000000000000000000000000A", "upload_../../system/anonymous-token", "upload_%2e%2e%2f",
        })
        {
            yield return Submit($"the video {upload}", 404, "upload_not_found").With($$"""{"video":"{{upload}}","face":"https://example.com/f.png"}""");
        }

        yield return new BadRequest("a look at a name that leads to this machine", "POST", "jobs?validate_only=true", 422, "address_refused")
            .With("""{"video":"http://localhost/v.mp4","face":"https://example.com/f.png"}""");
    }

    private static IEnumerable<BadRequest> Rules()
    {
        foreach (var text in new[] { "", " ", """\n\t""", """\u3000""", """\u0000""", """\u0007 \u001b""", """\u200b\ufeff""", new string('a', 2001), new string(' ', 2001) })
        {
            yield return Submission($"an instruction of {text.Length} letters, '{Shorten(text)}'", $""" "instruction":"{text}" """);
        }

        foreach (var language in new[] { "", "e", "!", "english", "en_US", """en\n""", " en", "en-", "en-a-b-c-d", "zh-Hans-CN-x-y" })
        {
            yield return Submission($"the language '{language}'", $""" "language":"{language}" """);
        }

        foreach (var deadline in new[] { "", "30m", "1800", "PT4M59S", "PT24H1S", "P2D", "P1Y", "-PT30M", "PT0S", "PT", "P99999999999D", "00:30:00" })
        {
            yield return Submission($"the deadline '{deadline}'", $""" "deadline":"{deadline}" """);
        }

        foreach (var choice in new[] { "", "Stop", "retry", "resend " })
        {
            yield return Submission($"on an unknown outcome '{choice}'", $""" "onUnknownOutcome":"{choice}" """);
        }

        foreach (var consent in new[]
        {
            "{}",
            """{"by":"Ada"}""",
            """{"statement":"yes"}""",
            """{"by":null,"statement":"yes"}""",
            """{"by":" ","statement":"yes"}""",
            $$"""{"by":"Ada","statement":"{{new string('a', 2001)}}"}""",
        })
        {
            yield return Submission($"the consent {Shorten(consent)}", $""" "consent":{consent} """);
        }

        const string Pictures = """ "face":"https://example.com/f.png","instruction":"swap" """;
        foreach (var (what, videos, code) in new[]
        {
            ("no video of several", "[]", "invalid_request"),
            ("11 videos", $"[{string.Join(',', Enumerable.Range(0, 11).Select(number => $"\"https://example.com/{number}.mp4\""))}]", "invalid_request"),
            ("the same video twice", """["https://example.com/v.mp4","https://example.com/v.mp4"]""", "invalid_request"),
            ("two videos, one of them null", """["https://example.com/v.mp4",null]""", "missing_video"),
            ("two videos, one of them empty", """["https://example.com/v.mp4",""]""", "missing_video"),
            ("two videos, one of them on this machine", """["https://example.com/v.mp4","http://127.0.0.1/v.mp4"]""", "address_refused"),
        })
        {
            yield return Submit(what, 422, code).With($"{{\"videos\":{videos},{Pictures}}}");
        }

        yield return Submission("a video, and several", """ "videos":["https://example.com/w.mp4"],"instruction":"swap" """);
        yield return Submission("a face, and several", """ "faces":["https://example.com/w.png"],"instruction":"swap" """);
        yield return Submit("two faces of which nothing is said", 422, "invalid_request").With("""{"video":"https://example.com/v.mp4","faces":["https://example.com/f.png","https://example.com/g.png"]}""");
        foreach (var output in new[] { """{"format":"webm"}""", """{"format":"MP4"}""", """{"format":""}""", """{"quality":"low"}""", """{"quality":"4k","format":"mp4"}""" })
        {
            yield return Submission($"the output {output}", $""" "output":{output} """);
        }

        yield return Submission("17 entries of metadata", $""" "metadata":{Metadata(17, 1, 1)} """);
        yield return Submission("metadata with a key of 65 characters", $""" "metadata":{Metadata(1, 65, 1)} """);
        yield return Submission("metadata with a text of 513 characters", $""" "metadata":{Metadata(1, 1, 513)} """);
        yield return Submission("metadata of more than 10,240 bytes", $""" "metadata":{Metadata(16, 64, 512, 'ü')} """);
        yield return Submission("metadata with an empty key", """ "metadata":{"":"a"} """);
        yield return Submission("metadata with null", """ "metadata":{"a":null} """);

        foreach (var webhook in new[] { "{}", """{"url":null}""", """{"url":""}""", """{"url":" "}""", """{"events":["job.completed"]}""" })
        {
            yield return Submission($"the webhook {webhook}", $""" "webhook":{webhook} """);
        }

        foreach (var events in new[]
        {
            "[]", "[null]", """[""]""", """["job.*"]""", """["job.ended"]""", """["JOB.COMPLETED"]""", """["webhook.test"]""", """["job.completed","job.completed"]""",
        })
        {
            yield return Submission($"a webhook of the events {events}", $$""" "webhook":{"url":"https://example.com/hook","events":{{events}}} """);
        }

        foreach (var address in BadReceivers)
        {
            yield return Submission($"a webhook to {Shorten(address)}", $$""" "webhook":{"url":"{{address}}"} """, code: "address_refused");
        }
    }

    private static string[] BadReceivers =>
    [
        "hook",
        "ftp://example.com/hook",
        "https://me:pw@example.com/hook",
        "http://127.0.0.1/hook",
        "http://10.0.0.1/hook",
        "http://[::1]/hook",
        "http://169.254.169.254/",
        "http://xn--aü.com/hook",
        $"https://example.com/{new string('a', 2029)}",
    ];

    private static IEnumerable<BadRequest> Continuations()
    {
        yield return Submit("going on from no job", 404, "job_not_found").With($$"""{"continueFrom":"{{NoJob}}","instruction":"make it warmer"}""");
        foreach (var id in new[] { "", "unknown", "../system", NoJob.ToUpperInvariant() })
        {
            yield return Submit($"going on from '{id}'", 404, "job_not_found").With($$"""{"continueFrom":"{{id}}","instruction":"make it warmer"}""");
        }

        foreach (var (what, fields) in new (string, string)[]
        {
            ("without an instruction", ""),
            ("with an empty instruction", ""","instruction":"" """),
            ("with a video", ""","instruction":"make it warmer","video":"https://example.com/v.mp4" """),
            ("with a face", ""","instruction":"make it warmer","face":"https://example.com/f.png" """),
            ("with a language", ""","instruction":"make it warmer","language":"en" """),
            ("with a consent", ""","instruction":"make it warmer","consent":{"by":"Ada","statement":"yes"} """),
        })
        {
            yield return Submit($"going on {what}", 422, "invalid_request").With($$"""{"continueFrom":"{{NoJob}}"{{fields}}}""");
        }

        yield return Submit("going on with a file", 422, "invalid_request").With(
            Clip, ($"{FormText}request", Encoding.UTF8.GetBytes($$"""{"continueFrom":"{{NoJob}}","instruction":"make it warmer"}""")));
    }

    private static IEnumerable<BadRequest> Forms()
    {
        var whole = Submit("", 422, "invalid_request").With(Clip, Face).Body!;
        foreach (var (what, length) in new[]
        {
            ("nothing", 0), ("half a boundary", 2), ("its first boundary", 5), ("half a header", 20), ("the beginning of the video", 200), ("half the video", SampleMedia.Clip.Length / 2), ("all but the last boundary", whole.Length - 7),
        })
        {
            yield return Submit($"a form that ends after {what}", 422, "invalid_request") with { Body = whole[..length], ContentType = "multipart/form-data; boundary=b" };
        }

        // The platform's own front end lets nobody stall either, and answers itself.
        yield return Submit("a form that stalls in the middle of the video", 408, "request_too_slow") with
        {
            Body = whole,
            ContentType = "multipart/form-data; boundary=b",
            StallsAfter = SampleMedia.Clip.Length / 2,
            IsRaw = true,
            IsChangedOnTheWay = true,
        };
        yield return Submit("a body of JSON that stalls", 408, "request_too_slow") with
        {
            Body = "{\"video\":\"https://example.com/clip.mp4\"}"u8.ToArray(),
            ContentType = "application/json",
            StallsAfter = 10,
            IsRaw = true,
            IsChangedOnTheWay = true,
        };

        foreach (var (what, type) in new[]
        {
            ("no boundary", "multipart/form-data"),
            ("an empty boundary", "multipart/form-data; boundary=\"\""),
            ("a boundary of 201 characters", $"multipart/form-data; boundary={new string('b', 201)}"),
            ("another boundary", "multipart/form-data; boundary=c"),
        })
        {
            yield return Submit($"a form with {what}", 422, "invalid_request") with { Body = whole, ContentType = type };
        }

        (string, byte[]) Request(string json) => ($"{FormText}request\r\nContent-Type: application/json", Encoding.UTF8.GetBytes(json));
        (string, byte[]) Text(string name, string text) => ($"{FormText}{name}", Encoding.UTF8.GetBytes(text));
        (string, byte[]) File(string name, byte[] content) => ($"{FormText}{name}; filename={name}.mp4\r\nContent-Type: {Media}", content);

        yield return Submit("a form of nothing", 422, "missing_video").With(parts: []);
        yield return Submit("a form with a video alone", 422, "missing_face").With(Clip);
        yield return Submit("a form with a face alone", 422, "missing_video").With(Face);
        yield return Submit("a form with two videos of which nothing is said", 422, "invalid_request").With(Clip, Clip, Face);
        yield return Submit("a form with two faces of which nothing is said", 422, "invalid_request").With(Clip, Face, Face);
        yield return Submit("a form with a video twice, once by address", 422, "invalid_request").With(Clip, Face, Text("video", "https://example.com/v.mp4"));
        yield return Submit("a form with a video, and its address in the request", 422, "invalid_request").With(Clip, Face, Request("""{"video":"https://example.com/v.mp4"}"""));
        yield return Submit("a form with a face, and its address in the request", 422, "invalid_request").With(Request("""{"face":"https://example.com/f.png"}"""), Clip, Face);
        yield return Submit("a form with two addresses of the video", 422, "invalid_request").With(
            Text("video", "https://example.com/v.mp4"), Face, Request("""{"video":"https://example.com/w.mp4"}"""));
        yield return Submit("a form with two addresses of the face", 422, "invalid_request").With(
            Clip, Text("face", "https://example.com/f.png"), Request("""{"face":"https://example.com/g.png"}"""));
        yield return Submit("a form with a part for the video, and several in the request", 422, "invalid_request").With(
            Clip, Face, Request("""{"videos":["https://example.com/v.mp4","https://example.com/w.mp4"],"instruction":"swap"}"""));
        yield return Submit("a form with 11 videos", 422, "invalid_request").With(
            [.. Enumerable.Range(0, 11).Select(number => Text("video", $"https://example.com/{number}.mp4")), Face, Request("""{"instruction":"swap"}""")]);
        yield return Submit("a form with two sounds", 422, "invalid_request").With(
            Clip, Face, Text("audio", "https://example.com/a.mp3"), Text("audio", "https://example.com/b.mp3"), Request("""{"instruction":"swap"}"""));
        yield return Submit("a form whose second face is none", 422, "unsupported_format").With(Clip, Face, File("face", SampleMedia.Clip), Request("""{"instruction":"swap"}"""));
        yield return Submit("a form with two requests", 422, "invalid_request").With(Clip, Face, Request("{}"), Request("{}"));
        yield return Submit("a form with an unknown part", 422, "invalid_request").With(Clip, Face, Text("instruction", "swap"));
        yield return Submit("a form with a misspelt part", 422, "invalid_request").With(File("Video", SampleMedia.Clip), Face);
        yield return Submit("a form with a part of no name", 422, "invalid_request").With(Clip, Face, ("Content-Disposition: form-data", []));
        yield return Submit("a form with a part of no disposition", 422, "invalid_request").With(Clip, Face, ("Content-Type: text/plain", []));
        yield return Submit("a form with a part whose disposition cannot be read", 422, "invalid_request").With(Clip, Face, ("Content-Disposition: ;;;", []));
        yield return Submit("a form with a part of 40 headers", 422, "invalid_request").With(
            Clip, (string.Join("\r\n", Enumerable.Range(0, 40).Select(number => $"X-{number}: a")), []));
        yield return Submit("a form with a header of 20 kB", 422, "invalid_request").With(Clip, ($"{FormText}face\r\nX: {new string('a', 20_000)}", []));
        yield return Submit("a form with HTML that is called mp4", 422, "unsupported_format").With(File("video", "<!DOCTYPE html><html><body>Not found</body></html>"u8.ToArray()), Face);
        yield return Submit("a form with a program that is called mp4", 422, "unsupported_format").With(File("video", [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[200]]), Face);
        yield return Submit("a form with an empty video", 422, "unsupported_format").With(File("video", []), Face);
        yield return Submit("a form with an empty face", 422, "unsupported_format").With(Clip, File("face", []));
        yield return Submit("a form with a picture as video", 422, "unsupported_format").With(File("video", SampleMedia.FaceJpeg), Face);
        yield return Submit("a form with a video as face", 422, "unsupported_format").With(Clip, File("face", SampleMedia.Clip));
        yield return Submit("a form with a drawing as face", 422, "unsupported_format").With(Clip, File("face", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()));
        yield return Submit("a form with a still picture in a film's container", 422, "unsupported_format").With(File("video", "\0\0\0\u0018ftypavif\0\0\0\0"u8.ToArray()), Face);
        yield return Submit("a form with too large a video", 413, "media_too_large").With(File("video", [.. SampleMedia.Clip, .. new byte[BadRequestRig.MostBytes]]), Face);
        yield return Submit("a form with an address on this machine", 422, "address_refused").With(Text("video", "http://127.0.0.1/v.mp4"), Face);
        yield return Submit("a form with an empty address", 422, "missing_video").With(Text("video", ""), Face);
        yield return Submit("a form with an address of 2,049 characters", 422, "address_refused").With(Text("video", $"https://example.com/{new string('a', 2029)}"), Face);
        yield return Submit("a form whose request is no JSON", 400, "invalid_json").With(Clip, Face, Request("swap"));
        yield return Submit("a form whose request is null", 400, "invalid_json").With(Clip, Face, Request("null"));
        yield return Submit("a form whose request is empty", 400, "invalid_json").With(Clip, Face, Request(""));
        yield return Submit("a form whose request has an unknown field", 400, "invalid_json").With(Clip, Face, Request("""{"instructions":"swap"}"""));
        yield return Submit("a form whose request says something twice", 400, "invalid_json").With(Clip, Face, Request("""{"language":"en","language":"zh"}"""));
        yield return Submit("a form whose request is over 64 KiB", 400, "invalid_json").With(Clip, Face, Request(new string(' ', 70_000)));
        yield return Submit("a form whose request breaks a rule", 422, "invalid_request").With(Clip, Face, Request("""{"instruction":""}"""));
        yield return Submit("a form whose webhook is not public", 422, "address_refused").With(Clip, Face, Request("""{"webhook":{"url":"http://10.0.0.1/"}}"""));
        yield return new BadRequest("a look at a form with HTML", "POST", "jobs?validate_only=true", 422, "unsupported_format").With(Clip, File("face", "<html></html>"u8.ToArray()));
    }

    private static IEnumerable<BadRequest> Queries()
    {
        foreach (var query in new[] { "validate_only=maybe", "validate_only=", "validate_only=TRUE", "validate_only=1", "validate_only=true&validate_only=true", "validate_only", "dry_run=true", "validateOnly=true", $"{new string('q', 500)}=1" })
        {
            yield return new BadRequest($"the query {Shorten(query)}", "POST", $"jobs?{query}", 422, "invalid_request").With($"{{{Sources}}}");
        }
    }

    private static IEnumerable<BadRequest> Keys()
    {
        var edit = $$"""{"text":"make it warmer"}""";
        foreach (var (what, key) in new[] { ("of 256 characters", new string('k', 256)), ("of two quotation marks", "\"\""), ("with a tab", "a\tb"), ("with a control character", "a\u0001b"), ("with DEL", "a\u007Fb") })
        {
            yield return Submission($"an idempotency key {what}", """ "language":"en" """) with { Headers = [("Idempotency-Key", key)] };
            yield return Post($"a message with an idempotency key {what}", $"jobs/{NoJob}/messages", edit, 422, "invalid_request") with { Headers = [("Idempotency-Key", key)] };
            yield return new BadRequest($"a look with an idempotency key {what}", "POST", "jobs?validate_only=true", 422, "invalid_request").With($"{{{Sources}}}") with
            {
                Headers = [("Idempotency-Key", key)],
            };
        }

        yield return Submission("an empty idempotency key", """ "language":"en" """) with { Headers = [("Idempotency-Key", "")], IsRaw = true };
        yield return Submission("an idempotency key of white space", """ "language":"en" """) with { Headers = [("Idempotency-Key", "   ")], IsRaw = true };
        yield return Submission("two idempotency keys", """ "language":"en" """) with { Headers = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")], IsRaw = true };
        yield return Submission("an idempotency key given twice", """ "language":"en" """) with { Headers = [("Idempotency-Key", "a"), ("idempotency-key", "a")], IsRaw = true };
        yield return Submission("two idempotency keys in quotation marks", """ "language":"en" """) with { Headers = [("Idempotency-Key", "\"a\""), ("Idempotency-Key", "\"b\"")], IsRaw = true };
        yield return Submission("an idempotency key beyond ASCII", """ "language":"en" """) with { Headers = [("Idempotency-Key", "Schlüssel")], IsRaw = true, IsChangedOnTheWay = true };
    }

    private static IEnumerable<BadRequest> Lists()
    {
        foreach (var list in new[] { "jobs", $"webhook-endpoints/{Endpoint}/deliveries" })
        {
            foreach (var limit in new[] { "0", "-1", "101", "ten", "", "1.5", "1e2", "+5", "%2B5", "0x10", "99999999999999999999", "%EF%BC%95", "5%00", "1&limit=2", "null" })
            {
                yield return Get($"{list} with the limit '{limit}'", $"{list}?limit={limit}");
            }

            foreach (var cursor in new[] { "garbage", "AAAA", "%20", "..%2f..%2f", "%00", "%E4%BD%9C", new string('A', 1000), "eyJ0b2tlbiI6IjEifQ%3D%3D", "a&cursor=b" })
            {
                yield return Get($"{list} with the cursor '{Shorten(cursor)}'", $"{list}?cursor={cursor}");
            }

            foreach (var status in new[] { "done", "", "Completed", "FAILED", "failed,pending", "failed&status=failed", "0" })
            {
                yield return Get($"{list} in the state '{status}'", $"{list}?status={status}");
            }
        }

        foreach (var list in new[] { "jobs", "batches", $"webhook-endpoints/{Endpoint}/deliveries" })
        {
            foreach (var query in new[] { "stauts=failed", "Limit=5", "page=2", "limit=5&offset=20", "=", $"{new string('q', 500)}=1" })
            {
                yield return Get($"{list} asked by '{Shorten(query)}'", $"{list}?{query}");
            }
        }

        yield return Get("batches in a state", "batches?status=completed");
        yield return Get("jobs with a cursor of deliveries", $"jobs?cursor={Cursor}");
        yield return Get("deliveries with a cursor of another endpoint's", $"webhook-endpoints/{Other}/deliveries?cursor={Cursor}");
        yield return Get("deliveries with a cursor of the job's receivers", $"webhook-endpoints/default/deliveries?cursor={Cursor}x");
        yield return Get("deliveries with a cursor and more", $"webhook-endpoints/{Endpoint}/deliveries?cursor={Cursor}AAAA");
        yield return Get("deliveries with a cursor that begins otherwise", $"webhook-endpoints/{Endpoint}/deliveries?cursor=AAAA{Cursor}");
        foreach (var time in new[] { "yesterday", "", "2026-13-01", "2026-02-30T00:00:00Z", "2026-01-31T25:00:00Z", "1700000000000", "2026-01-31T09:00:00%200", "1.5", "10:00", "Jan+5", "31/01/2026", "2026-01-31+09:00:00Z", "2026-01-31T09:00:00.12345678Z", "9999-12-31T23:59:59-14:00", "2026-01-01&since=2026-01-01&until=2026-01-01", "%00" })
        {
            yield return Get($"jobs since '{time}'", $"jobs?since={time}");
            yield return Get($"jobs until '{time}'", $"jobs?until={time}");
        }
    }

    private static IEnumerable<BadRequest> Jobs()
    {
        foreach (var (method, target) in OfAJob)
        {
            foreach (var (what, id) in NoIds.Append(("an id in capitals", NoJob.ToUpperInvariant())).Append(("an id that is too short", NoJob[..^1])).Append(("the id of no job", NoJob)))
            {
                var request = new BadRequest($"{method} {target} with {what}", method, target.Replace("{id}", id, StringComparison.Ordinal), 404, "job_not_found");
                yield return method == "POST" ? request.With("""{"text":"export"}""") : request;
            }
        }

        yield return new BadRequest("a result without a redirect, of no job", "GET", $"jobs/{NoJob}/result?redirect=false", 404, "job_not_found");
        foreach (var redirect in new[] { "False", "0", "no", "", "false&redirect=false" })
        {
            yield return Get($"a result with the redirect '{redirect}'", $"jobs/{NoJob}/result?redirect={redirect}");
        }

        yield return new BadRequest("a wait for no job", "GET", $"jobs/{NoJob}", 404, "job_not_found") with { Headers = [("Prefer", "wait=60")] };
        yield return new BadRequest("events of no job from some number on", "GET", $"jobs/{NoJob}/events", 404, "job_not_found") with { Headers = [("Last-Event-ID", "7")] };
    }

    private static IEnumerable<BadRequest> Messages()
    {
        foreach (var body in new[] { "", "{", "null", "[]", "\"export\"", """{"text":1}""", """{"text":["export"]}""", """{"words":"export"}""", """{"text":"export","text":"credits"}""", """{"text":"export"} x""", """{"text":"export","action":1}""", """{"text":"export","language":"en"}""" })
        {
            yield return Post($"the message {body}", $"jobs/{NoJob}/messages", body, 400, "invalid_json");
        }

        foreach (var type in new[] { "", "text/plain", "multipart/form-data; boundary=b" })
        {
            yield return new BadRequest($"a message of the type '{type}'", "POST", $"jobs/{NoJob}/messages", 415, "unsupported_content_type") with
            {
                Body = """{"text":"export"}"""u8.ToArray(),
                ContentType = type,
            };
        }
    }

    private static IEnumerable<BadRequest> Endpoints()
    {
        foreach (var (method, target) in OfAnEndpoint)
        {
            foreach (var (what, id) in NoIds.Append(("an id in capitals", "DEFAULT")).Append(("the id of no endpoint", NoEndpoint)))
            {
                var request = new BadRequest($"{method} {target} with {what}", method, target.Replace("{id}", id, StringComparison.Ordinal), 404, "webhook_endpoint_not_found");
                yield return method switch
                {
                    "PATCH" => request.With("""{"enabled":false}"""),
                    "POST" => request.With("""{"since":"2026-01-01T00:00:00Z"}"""),
                    _ => request,
                };
            }
        }

        foreach (var (what, id) in NoIds.Append(("the id of no delivery", NoDelivery)).Append(("an id in capitals", Delivery.ToUpperInvariant())).Append(("an id and more", $"{Delivery}0")))
        {
            var target = $"webhook-endpoints/{Endpoint}/deliveries/{id}";
            yield return new BadRequest($"a delivery by {what}", "GET", target, 404, "webhook_delivery_not_found");
            yield return new BadRequest($"another try by {what}", "POST", $"{target}/redeliver", 404, "webhook_delivery_not_found");
        }

        yield return new BadRequest("a delivery of another endpoint", "GET", $"webhook-endpoints/{Other}/deliveries/{Delivery}", 404, "webhook_delivery_not_found");
        yield return new BadRequest("another try of another endpoint's delivery", "POST", $"webhook-endpoints/{Other}/deliveries/{Delivery}/redeliver", 404, "webhook_delivery_not_found");
        yield return new BadRequest("a test of the jobs' receivers", "POST", "webhook-endpoints/default/test", 422, "invalid_request");
        yield return new BadRequest("the end of the jobs' receivers", "DELETE", "webhook-endpoints/default", 409, "webhook_endpoint_is_configured");
        foreach (var change in new[] { """{"url":"https://example.com/hook"}""", """{"events":["job.failed"]}""", """{"description":"mine"}""", """{"description":"","enabled":false}""" })
        {
            yield return new BadRequest($"the jobs' receivers changed to {change}", "PATCH", "webhook-endpoints/default", 409, "webhook_endpoint_is_configured").With(change);
        }

        foreach (var (method, target) in new[] { ("POST", "webhook-endpoints"), ("PATCH", $"webhook-endpoints/{Endpoint}") })
        {
            var request = new BadRequest("", method, target, 422, "invalid_request");
            foreach (var address in BadReceivers)
            {
                yield return (request with { What = $"{method} of an endpoint at {Shorten(address)}", Code = "address_refused" }).With($$"""{"url":"{{address}}"}""");
            }

            foreach (var fields in new[]
            {
                """ "url":"" """,
                """ "url":" " """,
                """ "url":"https://example.com/hook","events":[] """,
                """ "url":"https://example.com/hook","events":[null] """,
                """ "url":"https://example.com/hook","events":["job.*"] """,
                """ "url":"https://example.com/hook","events":["job.failed","job.failed"] """,
                $""" "url":"https://example.com/hook","description":"{new string('a', 257)}" """,
            })
            {
                yield return (request with { What = $"{method} of an endpoint with {Shorten(fields)}" }).With($"{{{fields}}}");
            }

            foreach (var body in new[]
            {
                "", "{", "null", "[]",
                """{"url":1}""",
                """{"url":"https://example.com/hook","events":"job.failed"}""",
                """{"url":"https://example.com/hook","url":"https://example.com/other"}""",
                """{"url":"https://example.com/hook","Url":"https://example.com/other"}""",
                """{"url":"https://example.com/hook","secret":"whsec_mine"}""",
                """{"url":"https://example.com/hook","id":"default"}""",
                """{"url":"https://example.com/hook"} x""",
                """{"url":"https://example.com/hook","enabled":"yes"}""",
            })
            {
                yield return (request with { What = $"{method} of an endpoint as {body}", Status = 400, Code = "invalid_json" }).With(body);
            }

            yield return request with { What = $"{method} of an endpoint as text", Status = 415, Code = "unsupported_content_type", Body = "{}"u8.ToArray(), ContentType = "text/plain" };
        }

        yield return Post("an endpoint without an address", "webhook-endpoints", """{"events":["job.failed"]}""", 422, "invalid_request");
        var recover = $"webhook-endpoints/{Endpoint}/recover";
        yield return Post("a recovery without a time", recover, "{}", 422, "invalid_request");
        yield return Post("a recovery since null", recover, """{"since":null}""", 422, "invalid_request");
        foreach (var body in new[] { "", "[]", """{"since":"yesterday"}""", """{"since":1}""", """{"since":""}""", """{"since":"2026-02-30T00:00:00Z"}""", """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z"}""", """{"since":"2026-01-01T00:00:00Z","since":"2026-01-02T00:00:00Z"}""" })
        {
            yield return Post($"the recovery {body}", recover, body, 400, "invalid_json");
        }

        yield return new BadRequest("a recovery as a form", "POST", recover, 415, "unsupported_content_type") with { Body = "since=2026"u8.ToArray(), ContentType = "application/x-www-form-urlencoded" };
    }

    private static IEnumerable<BadRequest> Uploads()
    {
        foreach (var fields in new[] { "\"size\":0", "\"size\":-1", "\"filename\":\"\"", $"\"filename\":\"{new string('a', 256)}\"", "\"contentType\":\"text/html\"", "\"contentType\":\"\"", "\"contentType\":\"video/mp4; codecs=avc1\"" })
        {
            yield return Post($"an upload with {Shorten(fields)}", "uploads", $"{{{fields}}}", 422, "invalid_request");
        }

        yield return Post("an upload that is too large", "uploads", $$"""{"size":{{BadRequestRig.MostBytes + 1}}}""", 413, "media_too_large");
        yield return Post("an upload of as much as there can be", "uploads", $$"""{"size":{{long.MaxValue}}}""", 413, "media_too_large");
        foreach (var body in new[] { "", "{", "null", "[]", """{"size":1.5}""", """{"size":9223372036854775808}""", """{"length":1}""", """{"filename":1}""", """{"size":1000,"size":2000}""", """{"size":1000} x""" })
        {
            yield return Post($"the upload {body}", "uploads", body, 400, "invalid_json");
        }

        yield return new BadRequest("a file as an upload", "POST", "uploads", 415, "unsupported_content_type") with { Body = SampleMedia.Clip, ContentType = "video/mp4" };
        yield return new BadRequest("an upload of nothing", "POST", "uploads", 415, "unsupported_content_type");
    }

    private static IEnumerable<BadRequest> Callers()
    {
        foreach (var caller in new[] { "user:ada", "default", "", "user:ada&caller=user:bob" })
        {
            yield return Get($"credits of '{caller}'", $"credits?caller={caller}", 403, "forbidden");
            yield return Get($"endpoints of '{caller}'", $"webhook-endpoints?caller={caller}", 403, "forbidden");
            yield return new BadRequest($"a submission of '{caller}'", "POST", $"jobs?caller={caller}", 403, "forbidden").With($"{{{Sources}}}");
        }

        foreach (var authorization in new[] { "Bearer", "Bearer a.b.c", "bearer a.b.c", "Digest a", "a.b.c" })
        {
            yield return Get($"credits by '{authorization}'", "credits", 401, "unauthenticated") with { Headers = [("Authorization", authorization)] };
        }

        yield return Get("credits by two tokens", "credits", 401, "unauthenticated") with { Headers = [("Authorization", "Bearer a.b.c"), ("Authorization", "Bearer d.e.f")], IsRaw = true };
    }

    // The host answers these before the app. A method that a route does not have is none of them: some hosts say 404, and some 405.
    private static IEnumerable<BadRequest> OfTheHost()
    {
        yield return Get("a request line of more than 8 kB", $"jobs?cursor={new string('a', 9000)}", 414, null);
        yield return Get("a header of more than 32 kB", "jobs", 431, null) with { Headers = [("X-Note", new string('a', 40_000))] };
        yield return new BadRequest("a zero in an id", "GET", "jobs/a%00b", 400, null) with { IsRaw = true };
        yield return new BadRequest("a transfer of no chunks", "POST", "jobs", 422, "invalid_request") with
        {
            Headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked\r\n\r\nzz\r\n{}")],
            IsRaw = true,
            IsChangedOnTheWay = true,
        };
        yield return new BadRequest("a route that there is not", "GET", "tasks", 404, null);
        yield return new BadRequest("a job's part that there is not", "GET", $"jobs/{NoJob}/input", 404, null);
        yield return new BadRequest("a path that climbs out of the API", "GET", "jobs/../../system", 404, null) with { IsRaw = true };
    }

    private static string Metadata(int entries, int keyLength, int textLength, char letter = 'a') =>
        $"{{{string.Join(',', Enumerable.Range(0, entries).Select(number => $"\"{$"{(char)('a' + number)}".PadRight(keyLength, 'k')}\":\"{new string(letter, textLength)}\""))}}}";

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}… of {text.Length}";

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}

using System.Globalization;
using System.Text;

namespace FaceSwap.EndToEnd;

/// <summary>Bad requests about batches.</summary>
internal static partial class BadRequests
{
    private const string NoBatch = "batch_00000000000000000000000000000000";
    private const string Item = $"{{{Sources}}}";

    private static (string Method, string Target)[] OfABatch =>
    [
        ("GET", "batches/{id}"),
        ("GET", "batches/{id}/events"),
        ("GET", "batches/{id}/items"),
        ("GET", "batches/{id}/results"),
        ("POST", "batches/{id}/cancel"),
        ("POST", "batches/{id}/resume"),
        ("POST", "batches/{id}/retry-failed"),
        ("DELETE", "batches/{id}"),
    ];

    private static IEnumerable<BadRequest> Batches()
    {
        foreach (var (method, target) in OfABatch)
        {
            foreach (var (what, id) in NoIds.Append(("an id in capitals", NoBatch.ToUpperInvariant())).Append(("the id of a job", NoJob)).Append(("the id of no batch", NoBatch)))
            {
                yield return new BadRequest($"{method} {target} with {what}", method, target.Replace("{id}", id, StringComparison.Ordinal), 404, "batch_not_found");
            }
        }

        foreach (var (what, json, status, code) in new[]
        {
            ("no JSON", "{", 400, "invalid_json"),
            ("a misspelt field", """{"includes":["ambiguous"]}""", 400, "invalid_json"),
            ("an unknown kind", """{"include":["failed"]}""", 422, "invalid_request"),
            ("a kind in capitals", """{"include":["Ambiguous"]}""", 422, "invalid_request"),
            ("null as a kind", """{"include":[null]}""", 422, "invalid_request"),
        })
        {
            yield return Retry($"a retry with {what}", status, code).With(json);
        }

        yield return Retry("a retry with words", 415, "unsupported_content_type") with { Body = "ambiguous"u8.ToArray(), ContentType = "text/plain" };
        yield return Retry("a retry with a body of no type", 415, "unsupported_content_type") with { Body = "{}"u8.ToArray() };
        yield return Retry("a retry with a key of 256 characters", 422, "invalid_request") with { Headers = [("Idempotency-Key", new string('k', 256))] };
        yield return new BadRequest("a list of batches with a cursor of another list", "GET", $"batches?cursor={Cursor}", 422, "invalid_request");
        yield return new BadRequest("a list of no batches", "GET", "batches?limit=0", 422, "invalid_request");
        yield return new BadRequest("jobs of no batch", "GET", $"jobs?batch={NoBatch}", 404, "batch_not_found");
        yield return new BadRequest("jobs of something else", "GET", "jobs?batch=../jobs", 404, "batch_not_found");

        yield return Batch("a batch of XML", "<batch/>", 415, "unsupported_content_type") with { ContentType = "application/xml" };
        yield return Batch("a batch that is no JSON", "{", 400, "invalid_json");
        yield return Batch("a batch with a misspelt field", $$"""{"items":[{{Item}}],"concurency":1}""", 400, "invalid_json");
        yield return Batch("a batch with a misspelt field in an item", """{"items":[{"vidio":"https://example.com/v.mp4"}]}""", 400, "invalid_json");
        yield return Batch("a batch with a field twice", $$"""{"items":[{{Item}}],"items":[]}""", 400, "invalid_json");
        yield return Batch("a batch without items", "{}", 422, "invalid_request");
        yield return Batch("a batch of no items", """{"items":[]}""", 422, "invalid_request");
        yield return Batch("a batch of 1,001 items", $$"""{"items":[{{string.Join(',', Enumerable.Repeat(Item, 1001))}}]}""", 422, "invalid_request");
        foreach (var concurrency in new[] { 0, -1, 51 })
        {
            yield return Batch($"a concurrency of {concurrency}", $$"""{"items":[{{Item}}],"concurrency":{{concurrency}}}""", 422, "invalid_request");
        }

        yield return Batch("an unknown mode", $$"""{"mode":"together","items":[{{Item}}]}""", 422, "invalid_request");
        yield return Batch("a shared session with an item of two videos", """{"mode":"shared_session","items":[{"videos":["https://example.com/v.mp4","https://example.com/w.mp4"],"face":"https://example.com/f.png","instruction":"swap"}]}""", 422, "invalid_batch");
        yield return Batch("a shared session at twice", $$"""{"mode":"shared_session","concurrency":2,"items":[{{Item}}]}""", 422, "invalid_request");
        yield return Batch("a shared session of 21", $$"""{"mode":"shared_session","items":[{{string.Join(',', Enumerable.Range(0, 21).Select(item => $"{{{Sources}, \"instruction\":\"{item}\"}}"))}}]}""", 422, "invalid_request");
        yield return CsvOf("an unknown mode", "video,face\nhttps://example.com/v.mp4,https://example.com/f.png\n"u8.ToArray(), "invalid_request") with { Target = "batches?mode=together" };
        yield return Batch("JSON with the parameters of CSV", $$"""{"items":[{{Item}}]}""", 422, "invalid_request") with { Target = "batches?on_error=stop" };
        yield return Batch("a batch of a million nothings", $$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}}]}""", 422, "invalid_request");
        foreach (var name in new[] { "./a.mp4", "a//b.mp4", "a/./b.mp4", "callers./x/a.mp4", "a\\\\b.mp4", "CALLERS/x/a.mp4", "a./b.mp4" })
        {
            yield return Batch($"a file named {name}", $$"""{"items":[{"video":"blob:{{name}}","face":"https://example.com/f.png"}]}""", 422, "invalid_batch");
        }

        yield return Batch("a prefix beside items", $$"""{"prefix":"a/","items":[{{Item}}]}""", 422, "invalid_request");
        yield return Batch("a prefix beside a manifest", """{"prefix":"a/","manifest":"items.csv"}""", 422, "invalid_request");
        yield return Batch("a prefix of nothing", """{"prefix":"nothing/"}""", 422, "invalid_request");
        yield return Batch("a prefix of another caller", """{"prefix":"callers/somebody/"}""", 404, "blob_not_found");
        yield return Batch("a prefix that climbs", """{"prefix":"../"}""", 404, "blob_not_found");
        yield return Batch("a manifest that is not there", """{"manifest":"items.csv"}""", 404, "blob_not_found");
        yield return Batch("a manifest of another caller", """{"manifest":"callers/somebody/items.csv"}""", 404, "blob_not_found");
        yield return Batch("an unknown way with errors", $$"""{"items":[{{Item}}],"onError":"retry"}""", 422, "invalid_request");
        yield return Batch("a batch with a webhook of another scheme", $$"""{"webhook":{"url":"ftp://example.com/"},"items":[{{Item}}]}""", 422, "address_refused");
        yield return Batch("a batch with 17 words of its own", $$"""{"metadata":{ {{string.Join(',', Enumerable.Range(0, 17).Select(key => $"\"{key}\":\"\""))}} },"items":[{{Item}}]}""", 422, "invalid_request");
        yield return Batch("defaults that go on", $$"""{"defaults":{"continueFrom":"{{NoJob}}"},"items":[{{Item}}]}""", 422, "invalid_request");
        yield return Batch("a batch with a parameter misspelt", $$"""{"items":[{{Item}}]}""", 422, "invalid_request") with { Target = "batches?validateonly=true" };
        yield return Batch("a batch with a key of 256 characters", $$"""{"items":[{{Item}}]}""", 422, "invalid_request") with { Headers = [("Idempotency-Key", new string('k', 256))] };

        foreach (var (what, item) in new[]
        {
            ("null", "null"),
            ("nothing", "{}"),
            ("no face", """{"video":"https://example.com/v.mp4"}"""),
            ("an upload that is not there", """{"video":"upload_00000000000000000000000000000000","face":"https://example.com/f.png"}"""),
            ("an address with a user", """{"video":"https://a:b@example.com/v.mp4","face":"https://example.com/f.png"}"""),
            ("an instruction of white space", $$"""{{{Sources}},"instruction":"  "}"""),
            ("a deadline of a second", $$"""{{{Sources}},"deadline":"PT1S"}"""),
            ("an earlier job", $$"""{"continueFrom":"{{NoJob}}","instruction":"make it warmer"}"""),
        })
        {
            yield return Batch($"an item of {what}", $$"""{"items":[{"video":"https://example.com/other.mp4","face":"https://example.com/f.png"},{{item}}]}""", 422, "invalid_batch");
        }

        yield return Batch("the same item twice", $$"""{"items":[{{Item}},{{Item}}]}""", 422, "invalid_batch");
        foreach (var request in Csv())
        {
            yield return request;
        }
    }

    private static IEnumerable<BadRequest> Csv()
    {
        const string good = "https://example.com/v.mp4,https://example.com/f.png";
        foreach (var (what, csv, code) in new[]
        {
            ("an empty file", "", "invalid_batch"),
            ("a header alone", "video,face\r\n", "invalid_request"),
            ("no header", good, "invalid_batch"),
            ("a column of another name", $"video,face,colour\r\n{good},red\r\n", "invalid_batch"),
            ("a column twice", $"video,face,face\r\n{good},\r\n", "invalid_batch"),
            ("a column without a name", $"video,face,\r\n{good},\r\n", "invalid_batch"),
            ("metadata without a name", $"video,face,metadata.\r\n{good},1\r\n", "invalid_batch"),
            ("tabs", $"video\tface\r\n{good.Replace(',', '\t')}\r\n", "invalid_batch"),
            ("mixed delimiters", $"video;face\r\n{good}\r\n", "invalid_batch"),
            ("a cell too few", "video,face\r\nhttps://example.com/v.mp4\r\n", "invalid_batch"),
            ("a cell too many", $"video,face\r\n{good},\r\n", "invalid_batch"),
            ("a quotation that never ends", $"video,face\r\n\"{good}\r\n", "invalid_batch"),
            ("a quotation mark in a cell", $"video,face,instruction\r\n{good},make it 5\" wide\r\n", "invalid_batch"),
            ("letters after a quotation", $"video,face,instruction\r\n{good},\"warm\"er\r\n", "invalid_batch"),
            ("a broken header", $"\"video,face\r\n{good}\r\n", "invalid_batch"),
            ("an empty cell for the face", "video,face\r\nhttps://example.com/v.mp4,\r\n", "invalid_batch"),
            ("no column for the face", "video\r\nhttps://example.com/v.mp4\r\n", "invalid_batch"),
            ("an address that is none", "video,face\r\nv.mp4,f.png\r\n", "invalid_batch"),
            ("a row of white space", $"video,face\r\n{good}\r\n , \r\n", "invalid_batch"),
            ("a row twice", $"video,face\r\n{good}\r\n{good}\r\n", "invalid_batch"),
            ("a deadline that is none", $"video,face,deadline\r\n{good},soon\r\n", "invalid_batch"),
            ("a language that is none", $"video,face,language\r\n{good},english!\r\n", "invalid_batch"),
            ("an instruction of 2,001 letters", $"video,face,instruction\r\n{good},{new string('a', 2001)}\r\n", "invalid_batch"),
            ("an unknown choice", $"video,face,onUnknownOutcome\r\n{good},retry\r\n", "invalid_batch"),
            ("a word of 513 letters", $"video,face,metadata.order\r\n{good},{new string('a', 513)}\r\n", "invalid_batch"),
            ("1,001 rows", $"video,face\r\n{string.Concat(Enumerable.Range(0, 1001).Select(row => $"https://example.com/{row}.mp4,https://example.com/f.png\r\n"))}", "invalid_request"),
            ("JSON in it", """{"items":[]}""", "invalid_batch"),
            ("HTML in it", "<!doctype html>\n<table></table>", "invalid_batch"),
            ("a zero in the header", $"video,face,\0\r\n{good},\r\n", "invalid_batch"),
        })
        {
            yield return CsvOf(what, Encoding.UTF8.GetBytes(csv), code);
        }

        yield return CsvOf("the letters of Windows", [.. Encoding.Latin1.GetBytes($"video,face,instruction\r\n{good},schön\r\n")], "invalid_batch");
        yield return CsvOf("UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"video,face\r\n{good}\r\n")], "invalid_batch");
        yield return CsvOf("half a letter", [.. Encoding.UTF8.GetBytes($"video,face,instruction\r\n{good},sch"), 0xC3], "invalid_batch");
        yield return CsvOf("9 MiB", Encoding.UTF8.GetBytes($"video,face\r\n{good}\r\n{new string('\n', 9 * 1024 * 1024)}"), "invalid_batch");
        foreach (var (query, what) in new[] { ("concurrency=0", "zero"), ("concurrency=many", "no number"), ("concurrency=", "nothing"), ("concurrency=1&concurrency=2", "two") })
        {
            yield return CsvOf($"a concurrency of {what}", Encoding.UTF8.GetBytes($"video,face\r\n{good}\r\n"), "invalid_request") with { Target = $"batches?{query}" };
        }

        yield return CsvOf("an unknown way with errors", Encoding.UTF8.GetBytes($"video,face\r\n{good}\r\n"), "invalid_request") with { Target = "batches?on_error=retry" };
    }

    private static BadRequest Batch(string what, string json, int status, string code) => new BadRequest(what, "POST", "batches", status, code).With(json);

    private static BadRequest Retry(string what, int status, string code) => new(what, "POST", $"batches/{NoBatch}/retry-failed", status, code);

    private static BadRequest CsvOf(string what, byte[] content, string code) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a batch of CSV with {what}"), "POST", "batches", 422, code) { Body = content, ContentType = "text/csv" };
}

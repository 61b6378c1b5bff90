using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace FaceSwap.Tests.Product;

/// <summary>A backend whose every answer a test may choose; by default it is well, has a thousand credits, and an edit changes its session's state.</summary>
internal sealed class ScriptedBackend : HttpMessageHandler
{
    public const string Balance = "api/credits/balance/simple";
    public const string Message = "run_sse";
    public const string Session = "api/tasks/me/with-session/nemo_agent";
    public const string State = "api/state/nemo_agent/me";
    public const string Token = "api/auth/anonymous-token";

    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> _answers = new();
    private int _tokens;

    public decimal Available { get; set; } = 1000;

    public decimal Frozen { get; set; }

    /// <summary>The draft of every session, as JSON.</summary>
    public string Draft { get; set; } = """{"t":[{"sg":[{"id":1}]}]}""";

    /// <summary>What has been asked, as "METHOD path".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How often a path was asked for.</summary>
    public int CountOf(string path) => Requests.Count(request => request.Contains(path, StringComparison.Ordinal));

    /// <summary>Chooses the answer to all requests whose path begins so.</summary>
    public void On(string path, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) => _answers[path] = answer;

    public void On(string path, Func<HttpResponseMessage> answer) => On(path, _ => Task.FromResult(answer()));

    public static HttpResponseMessage Json(string json, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    /// <summary>An answer of the agent as a stream of events.</summary>
    public static HttpResponseMessage Stream(string events) => new(HttpStatusCode.OK) { Content = new StringContent(events, Encoding.UTF8, "text/event-stream") };

    /// <summary>A refusal because of too many requests.</summary>
    /// <param name="retryAfter">How long it asks to wait; null: it does not say.</param>
    public static HttpResponseMessage Limited(TimeSpan? retryAfter = null)
    {
        var refusal = Json("", 429);
        refusal.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
        return refusal;
    }

    /// <summary>An anonymous token, another one each time: "token-1", "token-2" …</summary>
    public HttpResponseMessage NewToken() =>
        Json($$$"""{"code":0,"data":{"token":"token-{{{Interlocked.Increment(ref _tokens)}}}","user_id":"anonymous-1"}}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.TrimStart('/');
        Requests.Enqueue($"{request.Method} {path}");
        if (request.Content is { } content)
        {
            // As over a connection: the body is asked for, once.
            await content.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        }

        var chosen = _answers.Where(answer => path.StartsWith(answer.Key, StringComparison.Ordinal))
            .OrderByDescending(answer => answer.Key.Length)
            .Select(answer => answer.Value)
            .FirstOrDefault();
        var response = chosen is null ? Ordinary(path) : await chosen(request).WaitAsync(cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Ordinary(string path)
    {
        if (path.StartsWith(State, StringComparison.Ordinal))
        {
            return Json($$$"""{"code":0,"data":{"state":{"draft":{{{Draft}}} } } }""");
        }

        switch (path)
        {
            case Balance:
                return Json(string.Create(CultureInfo.InvariantCulture, $$$"""{"code":0,"data":{"available":{{{Available}}},"frozen":{{{Frozen}}}}}"""));
            case Session:
                return Json("""{"code":0,"data":{"task_id":"task-1","session_id":"session-1"}}""");
            case Token:
                return NewToken();
            case Message:
                Draft = """{"t":[{"sg":[{"id":1},{"id":2}]}]}""";
                return Stream("data: {\"type\":\"text\",\"content\":\"Done.\"}\n\n");
            default:
                return Json("""{"code":404}""", 404);
        }
    }
}

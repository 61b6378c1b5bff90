using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>A walk over every route of the app: what belongs to a caller is there for nobody else, and a route that is new is walked too.</summary>
public sealed class IsolationTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task Routes_OfEveryKind_ServeTheirOwnerAlone()
    {
        var issuer = azurite.Issuer;
        await using var rig = await Rig.StartAsync(azurite);
        var now = TimeProvider.System.GetUtcNow();
        var (ada, bob, expired) = (issuer.Issue("ada", now), issuer.Issue("bob", now), issuer.Issue("ada", now.AddHours(-2)));
        var (root, forged) = (issuer.Issue("root", now, "operator"), issuer.Issue("ada", now, change: token => token.SigningCredentials = null));
        var owned = await OwnAsync(rig, ada);

        foreach (var (method, route) in Routes())
        {
            var path = AppRoutes.Names().Replace(route, name => owned.TryGetValue(name.Value, out var id)
                ? id
                : throw new InvalidOperationException($"{route} names {name.Value}, and this walk has none: give it one that belongs to a caller."));
            output.WriteLine($"{method} {path}");

            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(rig, method, path, expired)).Status);
            var (refused, challenge, _) = await SendAsync(rig, method, path, forged);
            Assert.True((refused, challenge) == (HttpStatusCode.Unauthorized, "Bearer"), $"{method} {path}: {refused}");

            var others = await SendAsync(rig, method, path, bob);
            var unnamed = await SendAsync(rig, method, path, null);
            if (path == route)
            {
                // Everybody has such a list or account, and none of them shows what is another's.
                Assert.All(new[] { others, unnamed }, answer => Assert.DoesNotContain(owned.Values, id => answer.Body.Contains(id, StringComparison.Ordinal)));
            }
            else
            {
                Assert.True(others.Status == HttpStatusCode.NotFound, $"{method} {path} answers another caller {others.Status}: {others.Body}");
                Assert.True(unnamed.Status == HttpStatusCode.NotFound, $"{method} {path} answers an unnamed caller {unnamed.Status}: {unnamed.Body}");
            }

            if (method == HttpMethod.Get)
            {
                var own = await SendAsync(rig, method, path, ada);
                Assert.True(own.Status is HttpStatusCode.OK or HttpStatusCode.Found, $"{method} {path} answers its owner {own.Status}: {own.Body}");
                Assert.NotEqual(HttpStatusCode.NotFound, (await SendAsync(rig, method, $"{path}?caller=user:ada", root)).Status);
                Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(rig, method, $"{path}?caller=user:ada", bob)).Status);
            }
        }

        var list = await SendAsync(rig, HttpMethod.Get, "api/jobs?caller=user:ada", root);
        Assert.Contains(owned["{id}"], list.Body, StringComparison.Ordinal);
    }

    // What deletes comes last, and every kind of id has a name of their own.
    private static IEnumerable<(HttpMethod Method, string Route)> Routes() =>
        from route in AppRoutes.OfCallers
        orderby route.Method == "DELETE"
        select (HttpMethod.Parse(route.Method), $"api/{Named(route.Route)}");

    private static string Named(string route) =>
        route.StartsWith("webhook-endpoints/{id}", StringComparison.Ordinal) ? route.Replace("{id}", "{endpoint}", StringComparison.Ordinal)
        : route.StartsWith("batches/{id}", StringComparison.Ordinal) ? route.Replace("{id}", "{batch}", StringComparison.Ordinal)
        : route.StartsWith("schedules/{id}", StringComparison.Ordinal) ? route.Replace("{id}", "{schedule}", StringComparison.Ordinal)
        : route;

    // A job that has ended, a batch, a schedule, an endpoint, and a delivery to it.
    private static async Task<Dictionary<string, string>> OwnAsync(Rig rig, string token)
    {
        var endpoint = await SendAsync(rig, HttpMethod.Post, "api/webhook-endpoints", token, JsonContent.Create(new { url = rig.Receiver.Address }));
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
        };
        var submitted = await SendAsync(rig, HttpMethod.Post, "api/jobs", token, form);
        var (job, at) = (IdOf(submitted.Body), IdOf(endpoint.Body));
        await Eventually.HoldsAsync(
            async () => (await SendAsync(rig, HttpMethod.Get, $"api/jobs/{job}/record", token)).Status == HttpStatusCode.OK, "the job has ended", AppHost.JobLimit);
        var batch = await SendAsync(rig, HttpMethod.Post, "api/batches", token, JsonContent.Create(new { items = new[] { new { video = "http://127.0.0.1:1/clip.mp4", face = "http://127.0.0.1:1/face.jpg" } } }));
        var schedule = await SendAsync(rig, HttpMethod.Post, "api/schedules", token, JsonContent.Create(new
        {
            cron = "0 0 0 1 1 *",
            batch = new { items = new[] { new { video = "http://127.0.0.1:1/clip.mp4", face = "http://127.0.0.1:1/face.jpg" } } },
        }));
        var deliveries = await SendAsync(rig, HttpMethod.Get, $"api/webhook-endpoints/{at}/deliveries", token);
        return new()
        {
            ["{id}"] = job,
            ["{batch}"] = IdOf(batch.Body),
            ["{schedule}"] = IdOf(schedule.Body),
            ["{endpoint}"] = at,
            ["{deliveryId}"] = (string)JsonNode.Parse(deliveries.Body)!["deliveries"]![0]!["id"]!,
        };
    }

    private static string IdOf(string body) => (string?)JsonNode.Parse(body)!["id"] ?? throw new InvalidOperationException(body);

    private static async Task<(HttpStatusCode Status, string? Challenge, string Body)> SendAsync(
        Rig rig, HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content ?? (method == HttpMethod.Get ? null : JsonContent.Create(new { })) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await rig.Jobs.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var isElsewhere = response.RequestMessage!.RequestUri!.Authority != rig.Jobs.Http.BaseAddress!.Authority;
        return (
            isElsewhere ? HttpStatusCode.Found : response.StatusCode,
            response.Headers.WwwAuthenticate.FirstOrDefault()?.Scheme,
            isElsewhere ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

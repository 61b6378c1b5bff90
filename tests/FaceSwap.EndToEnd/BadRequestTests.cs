using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.EndToEnd.Webhooks;
using FaceSwap.Testing.Logs;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Bad requests over all routes: each is refused for what is wrong with it, and afterwards nothing is started, charged or kept.</summary>
public sealed partial class BadRequestTests(BadRequestRig fixture, AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<BadRequestRig>
{
    [Fact]
    public Task Requests_ThatAreWrong_AreRefusedForWhatIsWrong() => AreRefusedAsync(fixture, [.. BadRequests.All.Where(request => !request.IsChangedOnTheWay)]);

    [Fact]
    public async Task Requests_ThatAServerOnTheWayChanges_AreRefusedByTheAppItself()
    {
        await using var own = new InProcessBadRequestRig(azurite);
        await own.InitializeAsync();

        await AreRefusedAsync(own, [.. BadRequests.All.Where(request => request.IsChangedOnTheWay)]);
    }

    [Fact]
    public Task Requests_OfCallersWhoAreNotBelieved_AreRefusedByEveryRoute() =>
        AreRefusedAsync(fixture, [.. AppRoutes.OfCallers.SelectMany(route => BadRequests.OfRoute(route.Method, AppRoutes.Names().Replace(route.Route, BadRequests.NoJob)))]);

    [Fact]
    public void Routes_WithoutABadRequest_AreNone()
    {
        var requests = BadRequests.All.Where(request => request.Code is not null).ToList();
        var without = AppRoutes.OfCallers.Where(route => !requests.Any(request => request.Method == route.Method && PatternOf(route.Route).IsMatch(request.Path)));

        Assert.Empty(without);
        Assert.True(requests.Count >= 150);
        Assert.Empty(BadRequests.All.GroupBy(request => request.What).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private async Task AreRefusedAsync(BadRequestRig on, IReadOnlyList<BadRequest> requests)
    {
        output.WriteLine($"{requests.Count} requests");
        var before = await ContentAsync(on.Rig);
        var content = before;
        var wrong = new List<string>();
        foreach (var request in requests)
        {
            var answer = await SendAsync(on, request);
            if (Complaint(request, answer) is { } complaint)
            {
                wrong.Add($"{request}: {complaint}");
            }

            if (request.Method != "GET" && await ContentAsync(on.Rig) is { } after && !after.SequenceEqual(content))
            {
                wrong.Add($"{request}: it left or changed {string.Join(", ", after.Except(content))}");
                content = after;
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await NothingCameOfThemAsync(on.Rig, before);
    }

    private static string? Complaint(BadRequest request, Answer answer)
    {
        var (status, type, body) = answer;
        if (request.Code is null)
        {
            return status == request.Status ? null : $"{status} and not {request.Status}";
        }

        var problem = type == "application/problem+json" ? JsonNode.Parse(body)!.AsObject() : [];
        if ((status, (string?)problem["code"]) != (request.Status, request.Code))
        {
            return $"{status} {type} {body} and not {request.Status} {request.Code}";
        }

        var isWhole = (string?)problem["type"] == $"urn:faceswap:problem:{request.Code}"
            && (int?)problem["status"] == status
            && new[] { "title", "detail", "remedy" }.All(member => ((string?)problem[member])?.Length > 10);
        return isWhole ? null : $"the problem lacks something: {body}";
    }

    private static async Task NothingCameOfThemAsync(Rig rig, IReadOnlyDictionary<string, string> before)
    {
        Assert.Equal(before, await ContentAsync(rig));
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Assert.Empty(ledger.Sessions);
        Assert.Empty(ledger.Messages);
        Assert.Empty(ledger.Renders);
        Assert.Empty(ledger.UnknownCalls);
        var (_, list) = await rig.Jobs.GetAsync("api/jobs");
        Assert.Empty(list["jobs"]!.AsArray());
        LogAssert.NothingUnexpected(rig.Log);
    }

    // What the app keeps for itself is nobody's; of the rest, what it was counts too.
    private static async Task<IReadOnlyDictionary<string, string>> ContentAsync(Rig rig)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var blob in rig.Container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            if (!blob.Name.StartsWith("system/", StringComparison.Ordinal))
            {
                content[blob.Name] = $"{blob.Properties.ETag}";
            }
        }

        return content;
    }

    private static async Task<Answer> SendAsync(BadRequestRig on, BadRequest request)
    {
        var target = request.Target;
        foreach (var (name, value) in on.Made)
        {
            target = target.Replace(name, value, StringComparison.Ordinal).Replace(name.ToUpperInvariant(), value.ToUpperInvariant(), StringComparison.Ordinal);
        }

        if (request.IsRaw)
        {
            return await SendRawAsync(on.Rig, request, target);
        }

        using var message = request.ToMessage(target);
        using var response = await on.Rig.Jobs.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<Answer> SendRawAsync(Rig rig, BadRequest request, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(rig.Address.Host, rig.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request.ToBytes(target, rig.Address.Authority, rig.FunctionKey), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var parts = RawAnswer().Match(text);
        return new Answer(int.Parse(parts.Groups["status"].Value), parts.Groups["type"].Value is { Length: > 0 } type ? type : null, parts.Groups["body"].Value);
    }

    private static Regex PatternOf(string route) => new($@"^{AppRoutes.Names().Replace(route, "[^/]+")}\z");

    [GeneratedRegex(@"^HTTP/1\.1 (?<status>\d{3})(?:(?!\r\n\r\n).)*?(?:\r\nContent-Type: (?<type>[^;\r]+)(?:(?!\r\n\r\n).)*)?\r\n\r\n[^{]*(?<body>\{.*\})?", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex RawAnswer();

    private sealed record Answer(int Status, string? Type, string Body);
}

/// <summary>A rig that takes small files and connects to public addresses only, with two endpoints, one of which has deliveries.</summary>
public class BadRequestRig(AzuriteFixture azurite) : IAsyncLifetime
{
    public const int MostBytes = 100_000;

    internal Rig Rig { get; private set; } = null!;

    /// <summary>What the names in the requests stand for.</summary>
    internal IReadOnlyDictionary<string, string> Made { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Rig = await StartAsync(azurite, ("Media__MaxBytes", $"{MostBytes}"), ("Network__AllowedRanges", ""), ("Webhooks__Schedule", "0:00:00"));
        var webhooks = new WebhookCaller(Rig);

        // A name that leads to a place that is not public: nothing goes out.
        var receiver = new Uri("http://localhost:1/hook");
        var (endpoint, other) = (await webhooks.CreateAsync(receiver), await webhooks.CreateAsync(receiver));
        var deliveries = new[] { await webhooks.TestAsync(endpoint), await webhooks.TestAsync(endpoint) };
        foreach (var delivery in deliveries)
        {
            await webhooks.WaitForAsync(endpoint, delivery, "failed");
        }

        var page = await webhooks.GetAsync(endpoint, "/deliveries?limit=1");
        Made = new Dictionary<string, string>
        {
            [BadRequests.Endpoint] = endpoint,
            [BadRequests.Other] = other,
            [BadRequests.Delivery] = deliveries[0],
            [BadRequests.Cursor] = (string)page["cursor"]!,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<Rig> StartAsync(AzuriteFixture storage, params (string Name, string Value)[] settings) =>
        Rig.StartAsync(storage, [HostPool.AsDefaultCaller, .. settings]);
}

/// <summary>The same in the test process, where no server stands before the app.</summary>
public sealed class InProcessBadRequestRig(AzuriteFixture azurite) : BadRequestRig(azurite)
{
    private protected override Task<Rig> StartAsync(AzuriteFixture storage, params (string Name, string Value)[] settings) => Rig.StartInProcessAsync(storage, settings);
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>Calls the routes of webhook endpoints as their owners do.</summary>
internal sealed class WebhookCaller(Rig rig)
{
    public const string Root = "api/webhook-endpoints";

    /// <summary>Creates an endpoint and returns its id.</summary>
    public async Task<string> CreateAsync(Uri url, params string[] events)
    {
        var body = new JsonObject { ["url"] = url.ToString() };
        if (events.Length > 0)
        {
            body["events"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]);
        }

        var (status, created) = await SendAsync(HttpMethod.Post, Root, body);
        Assert.True(status == 201, created.ToJsonString());
        return (string)created["id"]!;
    }

    /// <summary>Sends a test and returns the delivery's id.</summary>
    public async Task<string> TestAsync(string endpoint)
    {
        var (status, delivery) = await SendAsync(HttpMethod.Post, $"{Root}/{endpoint}/test");
        Assert.True(status == 202, delivery.ToJsonString());
        return (string)delivery["id"]!;
    }

    public async Task<JsonObject> GetAsync(string endpoint, string path = "")
    {
        var (status, body) = await SendAsync(HttpMethod.Get, $"{Root}/{endpoint}{path}");
        Assert.True(status == 200, body.ToJsonString());
        return body;
    }

    public async Task<string> SecretAsync(string endpoint) => (string)(await GetAsync(endpoint, "/secret"))["key"]!;

    /// <summary>Waits, through restarts of the host, until a delivery is in a state, and returns it.</summary>
    public Task<JsonObject> WaitForAsync(string endpoint, string delivery, string status) =>
        WaitUntilAsync(endpoint, delivery, found => (string?)found["status"] == status, status);

    /// <summary>Waits, through restarts of the host, until a delivery is as it should be, and returns it.</summary>
    public Task<JsonObject> WaitUntilAsync(string endpoint, string delivery, Predicate<JsonObject> isSo, string what) => Eventually.GivesAsync(
        async () =>
        {
            try
            {
                var (_, found) = await SendAsync(HttpMethod.Get, $"{Root}/{endpoint}/deliveries/{delivery}");
                return isSo(found) ? found : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        },
        $"the delivery is {what}",
        AppHost.JobLimit);

    public async Task<(int Status, JsonObject Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await rig.Jobs.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? [] : Assert.IsType<JsonObject>(JsonNode.Parse(text)));
    }
}

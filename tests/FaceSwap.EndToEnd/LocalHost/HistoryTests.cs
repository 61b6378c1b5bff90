using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.EndToEnd.Webhooks;
using FaceSwap.Functions.Batches.Run;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>
/// A deployment meets orchestrations that are under way. Their histories, recorded in the genuine worker on the genuine engine,
/// are replayed against the code: a change of an orchestrator passes here, or it takes a new name.
/// </summary>
public sealed class HistoryTests(AzuriteFixture azurite)
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "LocalHost", "Histories");

    public static TheoryData<string> Versions => [.. Directory.EnumerateDirectories(Recorded).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Histories_OfADeployedVersion_ComeToTheSameEnd(string version)
    {
        var turns = RecordedTurn.ReadAll(Path.Combine(Recorded, version));

        Assert.Equal(RecordedTurn.Orchestrators.Keys.Order(StringComparer.Ordinal), turns.Select(turn => turn.Orchestrator).Distinct().Order(StringComparer.Ordinal));
        Assert.All(turns, turn => turn.ComesToTheSameEnd());
    }

    /// <summary>Records a history of every orchestrator; <c>FACESWAP_HISTORIES</c> names a folder that keeps them, for a release (<c>eng/histories.sh</c>).</summary>
    [Fact]
    public async Task Histories_OfThisVersion_ComeToTheSameEnd()
    {
        using var temporary = new TempFolder();
        var folder = Environment.GetEnvironmentVariable("FACESWAP_HISTORIES") is { Length: > 0 } kept ? kept : temporary.PathOf("histories");
        Directory.CreateDirectory(folder);
        await using var rig = await Rig.StartAsync(
            azurite, ("LocalHost__Histories", folder), ("Webhooks__ProgressInterval", "00:00:01"), ("Webhooks__Schedule", "0:00:00"));

        await RunJobAsync(rig, folder, new Scenario { Silent = true });
        await RunJobAsync(rig, folder, new Scenario { OnDisconnect = OnDisconnect.Cancel, Cut = new Cut { Place = CutPlace.MidEvent } });
        await RunJobAsync(rig, folder, new Scenario { RenderFailures = 1, UploadShape = UploadShape.Dropped });
        await RunJobAsync(rig, folder, new Scenario { Faults = [new Fault { Call = BackendCall.RenderSubmit, Kind = FaultKind.PlanBlocked }] });
        var deleted = await RunJobAsync(rig, folder, new Scenario { Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.NoCredits }] });
        await DeleteAsync(rig, $"jobs/{deleted}");
        await RunBatchesAsync(rig, folder);
        await RecoverAsync(rig);
        foreach (var orchestrator in RecordedTurn.Orchestrators.Keys)
        {
            await RecordedAsync(folder, orchestrator);
        }

        var turns = RecordedTurn.ReadAll(folder);
        Assert.All(turns, turn => turn.ComesToTheSameEnd());
    }

    private static async Task<string> RunJobAsync(Rig rig, string folder, Scenario scenario)
    {
        await rig.Backend.Control.ChooseAsync(scenario with { NextSessions = 1 });
        using var form = rig.Jobs.Form(
            ["job.progress", "job.completed", "job.failed"], ("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        var (_, job) = await rig.Jobs.PostAsync(form);
        await RecordedAsync(folder, $"{nameof(FaceSwapJob)}-{job["id"]}");
        return (string)job["id"]!;
    }

    // A schedule that runs once makes a batch of two items, one of which fails; then both go.
    private static async Task RunBatchesAsync(Rig rig, string folder)
    {
        await using var media = await MediaServer.StartAsync();
        var schedule = new JsonObject
        {
            ["at"] = TimeProvider.System.GetUtcNow().AddSeconds(3).ToString("O", CultureInfo.InvariantCulture),
            ["batch"] = BatchCalls.BatchOf(media, 2, missing: 2),
        };
        var (status, created) = await rig.Jobs.PostAsync("api/schedules", schedule.ToJsonString());
        Assert.True(status == 201, created.ToJsonString());
        await RecordedAsync(folder, nameof(FaceSwapBatch));
        var (_, list) = await rig.Jobs.GetAsync("api/batches");
        await DeleteAsync(rig, $"batches/{list["batches"]![0]!["id"]}");
    }

    private static async Task RecoverAsync(Rig rig)
    {
        var webhooks = new WebhookCaller(rig);
        rig.Receiver.AnswerNextAt("recovered", new WebhookAnswer(500));
        var endpoint = await webhooks.CreateAsync(rig.Receiver.AddressOf("recovered"));
        var delivery = await webhooks.TestAsync(endpoint);
        await webhooks.WaitForAsync(endpoint, delivery, "failed");
        await webhooks.SendAsync(HttpMethod.Post, $"{WebhookCaller.Root}/{endpoint}/recover", new JsonObject { ["since"] = "2026-01-01T00:00:00Z" });
        await webhooks.WaitForAsync(endpoint, delivery, "delivered");
    }

    private static async Task DeleteAsync(Rig rig, string path)
    {
        using var answer = await rig.Jobs.Http.DeleteAsync($"api/{path}", TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode is 202 or 204, $"{answer.StatusCode}");
    }

    private static Task RecordedAsync(string folder, string name) => Eventually.HoldsAsync(
        () => Directory.EnumerateFiles(folder, $"{name}-*.json").Any(), $"an execution of {name} has ended", AppHost.JobLimit);
}

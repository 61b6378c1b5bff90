using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Functions.Orchestrations.Jobs;
using FaceSwap.Functions.Orchestrations.Webhooks;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.FunctionsHost;

/// <summary>
/// A deployment meets orchestrations that are under way. Their histories, recorded in the genuine worker on the genuine engine,
/// are replayed against the code: a change of an orchestrator passes here, or it takes a new name.
/// </summary>
public sealed class HistoryTests(AzuriteFixture azurite)
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "FunctionsHost", "Histories");

    public static TheoryData<string> Versions => [.. Directory.EnumerateDirectories(Recorded).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Histories_OfADeployedVersion_ComeToTheSameEnd(string version)
    {
        var turns = RecordedTurn.ReadAll(Path.Combine(Recorded, version));

        Assert.Equal(
            [nameof(FaceSwapJob), nameof(JobProgressReports), nameof(WebhookDelivery)], turns.Select(turn => turn.Orchestrator).Distinct().Order(StringComparer.Ordinal));
        Assert.All(turns, turn => turn.ComesToTheSameEnd());
    }

    /// <summary>Records histories of this version; <c>FACESWAP_HISTORIES</c> names a folder that keeps them, for a release.</summary>
    [Fact]
    public async Task Histories_OfThisVersion_ComeToTheSameEnd()
    {
        using var temporary = new TempFolder();
        var folder = Environment.GetEnvironmentVariable("FACESWAP_HISTORIES") is { Length: > 0 } kept ? kept : temporary.PathOf("histories");
        await using var rig = await Rig.StartAsync(
            azurite, HostKind.Functions, ("FunctionsHost__Histories", folder), ("Webhooks__ProgressInterval", "00:00:01"));

        await RunAsync(rig, folder, new Scenario { Silent = true });
        await RunAsync(rig, folder, new Scenario { OnDisconnect = OnDisconnect.Cancel, Cut = new Cut { Place = CutPlace.MidEvent } });
        await RunAsync(rig, folder, new Scenario { RenderFailures = 1, UploadShape = UploadShape.Dropped });
        await RunAsync(rig, folder, new Scenario { Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.NoCredits }] });
        await RunAsync(rig, folder, new Scenario { Faults = [new Fault { Call = BackendCall.RenderSubmit, Kind = FaultKind.PlanBlocked }] });

        await Eventually.HoldsAsync(() => Directory.EnumerateFiles(folder, $"{nameof(JobProgressReports)}-*.json").Any(), "the reports of progress end");

        var turns = RecordedTurn.ReadAll(folder);
        Assert.True(turns.Count(turn => turn.Orchestrator == nameof(FaceSwapJob)) == 5, $"{turns.Count} histories were recorded.");
        Assert.All(turns, turn => turn.ComesToTheSameEnd());
    }

    private static async Task RunAsync(Rig rig, string folder, Scenario scenario)
    {
        await rig.Backend.Control.ChooseAsync(scenario with { NextSessions = 1 });
        using var form = rig.Jobs.Form(
            ["job.progress", "job.completed", "job.failed"], ("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        var (_, job) = await rig.Jobs.PostAsync(form);
        await Eventually.HoldsAsync(
            () => Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"{nameof(FaceSwapJob)}-{job["id"]}.json").Any(),
            "the job's orchestration ends",
            rig.Host.JobLimit);
    }
}

using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Contract;

/// <summary>Every code of the contract that ends a job, played by the backend and seen by the caller.</summary>
public sealed class BackendErrorTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    private const string PollWait = "00:00:02";

    // Long enough for the edit on a busy machine, and short enough to be waited for.
    private const string ShortDeadline = "00:00:10";

    [Theory]
    [InlineData(BackendCall.RenderSubmit, FaultKind.PlanBlocked, "export_not_allowed", "Register or upgrade your plan to unlock export.")]
    [InlineData(BackendCall.Message, FaultKind.NoCredits, "insufficient_credits", $"to get more credits: {RigSettings.WebUrl}/register?bind=")]
    [InlineData(BackendCall.SessionCreate, FaultKind.ServerError, "backend_unavailable", "nothing was charged")]
    [InlineData(BackendCall.State, FaultKind.ServerError, "backend_unavailable", "nothing was charged")]
    [InlineData(BackendCall.SessionCreate, FaultKind.RateLimited, "rate_limited", "Wait")]
    public async Task Job_WhoseBackendKeepsRefusing_EndsWithTheRightCode(BackendCall call, FaultKind kind, string code, string remedy)
    {
        var rig = fixture.Rig;
        var fault = new Fault { Call = call, Kind = kind, Times = 1000 };
        await rig.Backend.Control.ChooseAsync(call == BackendCall.SessionCreate
            ? new Scenario { Faults = [fault] }
            : new Scenario { NextSessions = 1, Faults = [fault] });

        var job = await rig.Jobs.WaitForEndAsync(await rig.Jobs.SubmitAsync());
        await rig.Backend.Control.ChooseAsync(new Scenario());

        Assert.Equal("failed", (string?)job["status"]);
        Assert.Equal(code, (string?)job["error"]!["code"]);
        Assert.Contains(remedy, (string?)job["error"]!["remedy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Edit.None, "edit_not_applied")]
    [InlineData(Edit.ChargedOnly, "ambiguous_outcome")]
    public async Task Job_WhoseEditDoesNotAppear_EndsByWhatWasCharged(Edit edit, string code)
    {
        // On the test's own account: only there it is known that no other job paid.
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { Edit = edit });

        var id = await rig.Jobs.SubmitAsync();
        var job = await rig.Jobs.WaitForEndAsync(id);

        Assert.Equal(code, (string?)job["error"]!["code"]);
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Assert.Equal(edit == Edit.None ? 2 : 1, ledger.Messages.Count);
        Assert.True(ledger.Messages.Sum(message => message.Charged) <= 100);
        Assert.Empty(ledger.Renders);
    }

    [Fact]
    public async Task Job_WhoseStreamCarriesOnlyHeartbeats_IsLeftAndReconciled()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Jobs__SilenceLimit", "00:00:01"), ("Jobs__SecondAttemptAfter", "00:00:30"));
        await rig.Backend.Control.ChooseAsync(new Scenario { StallMs = 3000 });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
    }

    [Fact]
    public async Task Job_WhoseDeadlinePasses_ExpiresWithoutALostRender()
    {
        // As many polls as there may be take longer than the deadline.
        await using var rig = await Rig.StartInProcessAsync(
            azurite, ("Jobs__Deadline", ShortDeadline), ("Jobs__PollShortest", PollWait), ("Jobs__PollLongest", PollWait));
        await rig.Backend.Control.ChooseAsync(new Scenario { Timings = new Dictionary<Phase, int> { [Phase.RenderQueue] = 600_000 } });

        var job = await rig.Jobs.WaitForEndAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal(("expired", "deadline_exceeded"), ((string?)job["status"], (string?)job["error"]!["code"]));
        await Eventually.HoldsAsync(
            async () => Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Renders).IsFinal, "the render that the job left is cancelled");
    }

    [Fact]
    public async Task Job_WhoseBackendStaysAwayAfterTheEdit_SaysHowToHaveItForNothing()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Jobs__Deadline", ShortDeadline));
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            NextSessions = 1,
            Faults = [new Fault { Call = BackendCall.RenderSubmit, Kind = FaultKind.ServerError, Times = 1000 }],
        });

        var id = await rig.Jobs.SubmitAsync();
        var job = await rig.Jobs.WaitForEndAsync(id);
        Assert.Equal(("expired", "deadline_exceeded"), ((string?)job["status"], (string?)job["error"]!["code"]));
        Assert.Contains($$"""/jobs/{{id}}/messages with {"text":"export"}""", (string?)job["error"]!["remedy"], StringComparison.Ordinal);

        var session = Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Sessions);
        await rig.Backend.Control.ChooseAsync(new Scenario { SessionId = session.SessionId });
        var (status, answer) = await rig.Jobs.PostAsync($"api/jobs/{id}/messages", """{"text":"export"}""");
        Assert.True(status == 202, answer.ToJsonString());
        await rig.Jobs.WaitForCompletionAsync((string)answer["job"]!["id"]!);

        var message = Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
        Assert.Equal((1, 100), (message.Executions, message.Charged));
    }

    [Fact]
    public async Task Job_WhoseAgentSpeaksOfAScreen_ShowsOnlyWhatIsTrue()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { Reply = "I swapped the face. Click Export to download it. Open the effects panel for more." });

        var job = await rig.Jobs.WaitForCompletionAsync(await rig.Jobs.SubmitAsync());

        var edit = job["edit"]!;
        Assert.Contains("I swapped the face. The video is exported automatically.", (string?)edit["reply"], StringComparison.Ordinal);
        Assert.DoesNotContain("panel", (string?)edit["reply"], StringComparison.Ordinal);
        Assert.StartsWith("Timeline (", (string?)edit["timeline"], StringComparison.Ordinal);
        Assert.Contains(edit["changes"]!.AsArray(), change => ((string)change!).StartsWith("video segment replaced", StringComparison.Ordinal));
        Assert.Contains(edit["changes"]!.AsArray(), change => ((string)change!).StartsWith("added track: Title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ClaimLink_OfAFinishedJob_CarriesAClaimTokenAndNothingElse()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        var (_, link) = await rig.Jobs.PostAsync($"api/jobs/{id}/claim-link", "{}");

        Assert.StartsWith($"{RigSettings.WebUrl}/workspace/claim?ct=clm_", (string?)link["url"], StringComparison.Ordinal);
        Assert.DoesNotContain("nmv_usr_", link.ToJsonString(), StringComparison.Ordinal);
    }
}

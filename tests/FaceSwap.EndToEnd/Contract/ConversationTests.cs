using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Contract;

/// <summary>Talking to a finished job: questions are answered by the app, edits go on in the same session.</summary>
public sealed class ConversationTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    [Theory]
    [InlineData("导出", "export", "result")]
    [InlineData("how many credits are left?", "credits", "credits")]
    [InlineData("How many credits did you use?", "credits", "credits")]
    [InlineData("Please make an export", "export", "result")]
    [InlineData("show tracks", "state", "text")]
    [InlineData("upload another clip", "upload", "text")]
    public async Task Message_ThatIsAQuestion_IsAnsweredWithoutTheAgent(string text, string action, string field)
    {
        var rig = fixture.Rig;
        var id = await fixture.CompletedJobAsync();
        var before = (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count;

        var (status, answer) = await SayAsync(rig, id, text);

        Assert.Equal(200, status);
        Assert.Equal(action, (string?)answer["action"]);
        Assert.NotNull(answer[field]);
        Assert.Equal(before, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Message_ThatIsNotClear_StartsNothingUntilTheCallerSaysWhatIsMeant()
    {
        const string Text = "export it and tell me the credits";
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);
        var before = await rig.Backend.Control.ReadLedgerAsync();

        var (unclear, problem) = await SayAsync(rig, id, Text);
        var (wrong, refused) = await SayAsync(rig, id, Text, "edit");
        var (free, credits) = await SayAsync(rig, id, Text, "credits");
        var after = await rig.Backend.Control.ReadLedgerAsync();
        var (accepted, answer) = await SayAsync(rig, id, Text, "message");
        await rig.Jobs.WaitForCompletionAsync((string)answer["job"]!["id"]!);

        Assert.Equal((409, "unclear_message"), (unclear, (string?)problem["code"]));
        Assert.Contains("'action'", (string?)problem["remedy"], StringComparison.Ordinal);
        Assert.Equal((422, "invalid_request"), (wrong, (string?)refused["code"]));
        Assert.Contains("'action'", (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal((200, "credits"), (free, (string?)credits["action"]));
        Assert.Equal(before.Messages.Count, after.Messages.Count);
        Assert.Equal(before.Renders.Count, after.Renders.Count);

        // The claim of the session is free: none of the answers before had started a job.
        Assert.Equal((202, "message"), (accepted, (string?)answer["action"]));
        Assert.Equal(before.Messages.Count + 1, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Message_ThatIsAnEdit_GoesOnInTheSameSessionWithItsOwnRender()
    {
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        var (status, answer) = await SayAsync(rig, id, "add soft piano music");
        var next = (string)answer["job"]!["id"]!;
        var job = await rig.Jobs.WaitForCompletionAsync(next);

        Assert.Equal(202, status);
        Assert.Equal(id, (string?)job["continueFrom"]);
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        var session = Assert.Single(ledger.Sessions, session => session.TaskName == id);
        Assert.DoesNotContain(ledger.Sessions, session => session.TaskName == next);
        Assert.Equal([1, 1], ledger.Messages.Where(message => message.SessionId == session.SessionId).Select(message => message.Executions));
        Assert.Equal(2, ledger.Renders.Count(render => render.SessionId == session.SessionId && render.DraftExact));
    }

    [Fact]
    public async Task Message_WhileAnotherEditsTheSession_IsRefused()
    {
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SayAsync(rig, id, "make it warmer")));
        var started = Assert.Single(answers, answer => answer.Status == 202);
        var later = await SayAsync(rig, id, "make it colder");
        await rig.Jobs.WaitForCompletionAsync((string)started.Body["job"]!["id"]!);

        Assert.All(answers.Except([started]), answer => Assert.Equal("session_busy", (string?)answer.Body["code"]));
        Assert.Equal("session_busy", (string?)later.Body["code"]);
    }

    [Fact]
    public async Task Message_Export_RendersTheSessionOfAJobWhoseRenderFailed()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, RenderFailures = 2 });
        var id = await rig.Jobs.SubmitAsync();
        var failed = await rig.Jobs.WaitForEndAsync(id);
        Assert.Equal("render_failed", (string?)failed["error"]!["code"]);

        var (status, answer) = await SayAsync(rig, id, "export");
        await rig.Jobs.WaitForCompletionAsync((string)answer["job"]!["id"]!);

        Assert.Equal(202, status);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Theory]
    [InlineData("{}", "invalid_request")]
    [InlineData("""{"text":"  "}""", "invalid_request")]
    [InlineData("""{"txt":"add music"}""", "invalid_json")]
    [InlineData("""{"text":"add music","webhook":{"url":"http://10.0.0.1/"}}""", "address_refused")]
    public async Task Message_ThatIsWrong_IsRefused(string body, string code)
    {
        var rig = fixture.Rig;
        var id = await fixture.CompletedJobAsync();

        var (_, problem) = await rig.Jobs.PostAsync($"api/jobs/{id}/messages", body);

        Assert.Equal(code, (string?)problem["code"]);
    }

    private static Task<(int Status, JsonObject Body)> SayAsync(Rig rig, string id, string text, string? action = null) =>
        rig.Jobs.PostAsync($"api/jobs/{id}/messages", new JsonObject { ["text"] = text, ["action"] = action }.ToJsonString());
}

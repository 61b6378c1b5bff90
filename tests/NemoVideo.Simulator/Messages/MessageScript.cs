using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Messages.Events;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages;

/// <summary>What happens while a message runs, from top to bottom. A run that was interrupted goes on where the ledger says.</summary>
internal sealed class MessageScript(BackendLedger ledger, GateKeeper gates, PhaseClock clock, IOptions<SimulatorOptions> options)
{
    private const string Tool = "generate_video";
    private const string Opening = "Let me look at your clip and the photo ✨ and swap the face.";
    private const string Done = "Done ✨! The face in your video is now the one from the photo. Click Export to download it, or preview in the timeline.";
    private const string Trouble = "I encountered a temporary issue";

    public async Task PlayAsync(MessageRun run)
    {
        await PassAsync(run, Point.MessageStarted);
        await OpenAsync(run);
        await PassAsync(run, Point.MessageStreaming);
        await BeatAsync(run, TimeSpan.FromMilliseconds(run.Scenario.StallMs));
        await BeatAsync(run, clock.Length(run.Scenario, Phase.Generation));
        if (run.Scenario.Error is { AfterEdit: false } error)
        {
            run.Emit(new AgentEvent.Error(error.Code, error.Message));
        }
        else
        {
            await EditAsync(run);
            await CloseAsync(run);
        }

        await PassAsync(run, Point.MessageBeforeEnd);
        await FinishAsync(run);
    }

    private async Task OpenAsync(MessageRun run)
    {
        await SayAsync(run, Opening);
        if (!IsNoOp(run.Scenario))
        {
            run.Emit(new AgentEvent.ToolCall(Tool, new JsonObject { ["mode"] = "face_swap", ["strength"] = 0.8 }));
        }

        if (run.Scenario.UnknownEvents)
        {
            run.Emit(new AgentEvent.Unheard());
        }
    }

    private async Task EditAsync(MessageRun run)
    {
        var scenario = run.Scenario;
        if (scenario.Edit != Edit.None && Current(run).Charged == 0)
        {
            ledger.Write(new MessageCharged(run.Message.MessageId, options.Value.MessageCost));
        }

        ApplyStage(run, 1);
        await PassAsync(run, Point.MessageExecuted);
        if (!IsNoOp(scenario))
        {
            run.Emit(new AgentEvent.ToolResult(Tool, ToolResult(scenario)));
        }

        if (scenario.SecondStage == SecondStage.InStream && scenario.Edit == Edit.Applied)
        {
            await BeatAsync(run, clock.Length(scenario, Phase.SecondStage));
            ApplyStage(run, 2);
        }
    }

    private async Task CloseAsync(MessageRun run)
    {
        await SayAsync(run, run.Scenario.Reply ?? Done);
        if (run.Scenario.Error is { AfterEdit: true } error)
        {
            run.Emit(new AgentEvent.Error(error.Code, error.Message));
        }

        if (run.Scenario.ClosingIssue)
        {
            run.Emit(new AgentEvent.Piece(Trouble));
            run.Emit(new AgentEvent.Whole(Trouble));
        }

        if (!run.Scenario.Silent)
        {
            run.Emit(new AgentEvent.TurnComplete());
        }
    }

    private async Task FinishAsync(MessageRun run)
    {
        if (run.Scenario.SecondStage == SecondStage.AfterStream && Current(run).LastStage == 1)
        {
            run.EndStream();
            await clock.WaitAsync(run.Scenario, Phase.SecondStage, run.Life);
            ApplyStage(run, 2);
        }

        // Before the stream ends, where nothing comes after it: a caller who has read it to its end may ask for a render at once.
        var outcome = Current(run).LastStage > 0 ? MessageOutcome.Applied : MessageOutcome.Unchanged;
        ledger.Write(new MessageEnded(run.Message.MessageId, outcome));
    }

    private async Task SayAsync(MessageRun run, string text)
    {
        const int PieceLength = 24;
        if (run.Scenario.Silent)
        {
            return;
        }

        foreach (var piece in text.Chunk(PieceLength))
        {
            await clock.WaitAsync(run.Scenario, Phase.Text, run.Life);
            run.Emit(new AgentEvent.Piece(new string(piece)));
        }

        run.Emit(new AgentEvent.Whole(text));
    }

    private async Task BeatAsync(MessageRun run, TimeSpan length)
    {
        var interval = clock.Length(run.Scenario, Phase.Heartbeat);
        for (var beat = 0; length > TimeSpan.Zero; length -= interval, beat++)
        {
            await clock.WaitAsync(interval < length ? interval : length, run.Life);
            run.Emit(beat % 2 == 0 ? new AgentEvent.Heartbeat() : new AgentEvent.Nothing());
        }
    }

    private void ApplyStage(MessageRun run, int stage)
    {
        if (run.Scenario.Edit == Edit.Applied && Current(run).LastStage < stage)
        {
            ledger.Write(new StageApplied(run.Message.MessageId, stage));
        }
    }

    private Task PassAsync(MessageRun run, Point point) => gates.PassAsync(run.Scenario, point, run.Message.SessionId, run.Life);

    private Message Current(MessageRun run) => ledger.World.Messages[run.Message.MessageId];

    private static bool IsNoOp(Scenario scenario) => scenario is { Edit: Edit.None, Silent: true };

    private static JsonObject ToolResult(Scenario scenario) => new()
    {
        ["status"] = "success",
        ["log"] = new string('x', scenario.LargeEventBytes),
    };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages;

/// <summary><c>POST /run_sse</c>.</summary>
internal sealed class MessageEndpoint(FrontDesk desk, MessageRunner runner, BackendLedger ledger, IOptions<SimulatorOptions> options)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var body = await RequestBody.ReadObjectAsync(http);
        return await desk.ServeSessionAsync(http, BackendCall.Message, body?["session_id"].AsText() ?? "", async visit =>
        {
            var text = TextOf(body!["new_message"]?["parts"] as JsonArray);
            if (body["app_name"].AsText() != "nemo_agent" || body["user_id"].AsText() != "me" || text.Length == 0)
            {
                return visit.Refuse(Codes.BadRequest, "app_name, user_id and new_message are required");
            }

            return await RunAsync(visit, text);
        });
    }

    private async Task<IResult> RunAsync(Visit visit, string text)
    {
        var id = Identifiers.New("msg");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        ledger.Write(new MessageReceived(id, visit.Session!.SessionId, text, hash));
        try
        {
            await visit.PassAsync(Point.MessageReceived);
        }
        catch (OperationCanceledException)
        {
            ledger.Write(new MessageEnded(id, MessageOutcome.Cancelled));
            return new BrokenConnection();
        }

        if (Reserve(visit, id))
        {
            return new EventStreamResult(runner.Start(ledger.World.Messages[id]));
        }

        ledger.Write(new MessageRefused(id, Codes.NoCredits));
        return visit.Refuse(Codes.NoCredits, "insufficient credits");
    }

    private bool Reserve(Visit visit, string messageId) => ledger.TryWrite(world =>
        world.Accounts[visit.Account!.UserId].Available >= options.Value.MessageCost
            ? new MessageStarted(messageId, options.Value.MessageCost)
            : null);

    private static string TextOf(JsonArray? parts) => string.Concat(parts?.Select(part => part?["text"].AsText()) ?? []);
}

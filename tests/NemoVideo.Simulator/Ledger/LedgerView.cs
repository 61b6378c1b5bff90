using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.Ledger;

/// <summary>What <c>GET /_sim/ledger</c> answers: everything that happened, in the order it began.</summary>
public sealed record LedgerView
{
    public required IReadOnlyList<Account> Accounts { get; init; }

    public required IReadOnlyList<Token> Tokens { get; init; }

    public required IReadOnlyList<Session> Sessions { get; init; }

    public required IReadOnlyList<Message> Messages { get; init; }

    public required IReadOnlyList<Render> Renders { get; init; }

    public required IReadOnlyList<PlayedFault> Faults { get; init; }

    /// <summary>Calls to routes the backend does not have, as <c>METHOD path</c>.</summary>
    public required IReadOnlyList<string> UnknownCalls { get; init; }

    internal static LedgerView Of(World world) => new()
    {
        Accounts = [.. world.Accounts.Values.OrderBy(account => account.UserId, StringComparer.Ordinal)],
        Tokens = [.. world.Tokens.Values.OrderBy(token => token.IssuedAt)],
        Sessions = [.. world.Sessions.Values.OrderBy(session => session.CreatedAt)],
        Messages = [.. world.Messages.Values.OrderBy(message => message.ReceivedAt)],
        Renders = [.. world.Renders.Values.OrderBy(render => render.RequestedAt)],
        Faults = world.Faults,
        UnknownCalls = world.UnknownCalls,
    };
}

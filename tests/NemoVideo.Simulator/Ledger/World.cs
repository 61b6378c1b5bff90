using System.Collections.Concurrent;
using System.Collections.Immutable;
using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.Ledger;

/// <summary>Everything the backend knows. Written by the ledger alone, under its lock; read by anyone.</summary>
internal sealed class World
{
    public ConcurrentDictionary<string, Account> Accounts { get; } = [];

    public ConcurrentDictionary<string, Token> Tokens { get; } = [];

    public ConcurrentDictionary<string, Session> Sessions { get; } = [];

    public ConcurrentDictionary<string, Message> Messages { get; } = [];

    public ConcurrentDictionary<string, Render> Renders { get; } = [];

    public ImmutableList<Scenario> Scenarios { get; set; } = [];

    public ImmutableList<PlayedFault> Faults { get; set; } = [];

    public ImmutableList<string> UnknownCalls { get; set; } = [];

    public static void Update<T>(ConcurrentDictionary<string, T> records, string id, Func<T, T> change) =>
        records[id] = change(records[id]);

    public void UpdateAccountOf(string messageId, Func<Account, Account> change) =>
        Update(Accounts, Sessions[Messages[messageId].SessionId].UserId, change);
}

using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Ledger;

/// <summary>One fact. It is on disk before anything follows from it, and the world is the fold of all of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AccountOpened), "account_opened")]
[JsonDerivedType(typeof(CreditsSet), "credits_set")]
[JsonDerivedType(typeof(TokenIssued), "token_issued")]
[JsonDerivedType(typeof(TokenEnded), "token_ended")]
[JsonDerivedType(typeof(SessionCreated), "session_created")]
[JsonDerivedType(typeof(SessionEnded), "session_ended")]
[JsonDerivedType(typeof(FilesUploaded), "files_uploaded")]
[JsonDerivedType(typeof(MessageReceived), "message_received")]
[JsonDerivedType(typeof(MessageRefused), "message_refused")]
[JsonDerivedType(typeof(MessageStarted), "message_started")]
[JsonDerivedType(typeof(MessageCharged), "message_charged")]
[JsonDerivedType(typeof(StageApplied), "stage_applied")]
[JsonDerivedType(typeof(MessageEnded), "message_ended")]
[JsonDerivedType(typeof(RenderRequested), "render_requested")]
[JsonDerivedType(typeof(RenderAdvanced), "render_advanced")]
[JsonDerivedType(typeof(RenderPolled), "render_polled")]
[JsonDerivedType(typeof(RenderDelivered), "render_delivered")]
[JsonDerivedType(typeof(ScenarioChosen), "scenario_chosen")]
[JsonDerivedType(typeof(FaultPlayed), "fault_played")]
[JsonDerivedType(typeof(UnknownCall), "unknown_call")]
internal abstract record LedgerEntry
{
    /// <summary>When it was written down; set by the ledger.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Changes the world as this fact demands.</summary>
    public abstract void Apply(World world);
}

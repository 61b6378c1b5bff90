using System.Text.Json.Serialization;

namespace FaceSwap.LocalHost.Durable.History;

/// <summary>
/// Something that happened to an orchestration. The set is closed: folding an instance's events in order gives its
/// state, and replaying its code over them brings it to where it waits.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(ExecutionStarted), "start")]
[JsonDerivedType(typeof(TurnStarted), "turn")]
[JsonDerivedType(typeof(ActivityScheduled), "act")]
[JsonDerivedType(typeof(ActivityCompleted), "act+")]
[JsonDerivedType(typeof(ActivityFailed), "act-")]
[JsonDerivedType(typeof(TimerCreated), "timer")]
[JsonDerivedType(typeof(TimerFired), "timer+")]
[JsonDerivedType(typeof(SubOrchestrationCreated), "sub")]
[JsonDerivedType(typeof(SubOrchestrationCompleted), "sub+")]
[JsonDerivedType(typeof(SubOrchestrationFailed), "sub-")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(EventSent), "send")]
[JsonDerivedType(typeof(ExecutionSuspended), "suspend")]
[JsonDerivedType(typeof(ExecutionResumed), "resume")]
[JsonDerivedType(typeof(ExecutionTerminated), "terminate")]
[JsonDerivedType(typeof(ExecutionCompleted), "end")]
internal abstract record HistoryEvent;

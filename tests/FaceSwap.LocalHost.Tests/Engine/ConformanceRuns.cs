using FaceSwap.LocalHost.Tests.Conformance;

namespace FaceSwap.LocalHost.Tests.Engine;

// One line per set of cases and engine: the runner finds classes, and the cases name no engine.
public sealed class CachingActivity : ActivityCases<CachingEngine>;

public sealed class CachingRetry : RetryCases<CachingEngine>;

public sealed class CachingTimer : TimerCases<CachingEngine>;

public sealed class CachingExternalEvent : ExternalEventCases<CachingEngine>;

public sealed class CachingSubOrchestration : SubOrchestrationCases<CachingEngine>;

public sealed class CachingContinueAsNew : ContinueAsNewCases<CachingEngine>;

public sealed class CachingStart : StartCases<CachingEngine>;

public sealed class CachingControl : ControlCases<CachingEngine>;

public sealed class CachingQuery : QueryCases<CachingEngine>;

public sealed class CachingContext : ContextCases<CachingEngine>;

public sealed class ReplayingActivity : ActivityCases<ReplayingEngine>;

public sealed class ReplayingRetry : RetryCases<ReplayingEngine>;

public sealed class ReplayingTimer : TimerCases<ReplayingEngine>;

public sealed class ReplayingExternalEvent : ExternalEventCases<ReplayingEngine>;

public sealed class ReplayingSubOrchestration : SubOrchestrationCases<ReplayingEngine>;

public sealed class ReplayingContinueAsNew : ContinueAsNewCases<ReplayingEngine>;

public sealed class ReplayingStart : StartCases<ReplayingEngine>;

public sealed class ReplayingControl : ControlCases<ReplayingEngine>;

public sealed class ReplayingQuery : QueryCases<ReplayingEngine>;

public sealed class ReplayingContext : ContextCases<ReplayingEngine>;

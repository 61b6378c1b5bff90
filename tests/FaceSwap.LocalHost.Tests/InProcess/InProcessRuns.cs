using FaceSwap.LocalHost.Tests.Conformance;

namespace FaceSwap.LocalHost.Tests.InProcess;

// One line per set of cases, as for the local engine.
public sealed class InProcessActivity : ActivityCases<InProcessEngine>;

public sealed class InProcessRetry : RetryCases<InProcessEngine>;

public sealed class InProcessTimer : TimerCases<InProcessEngine>;

public sealed class InProcessExternalEvent : ExternalEventCases<InProcessEngine>;

public sealed class InProcessSubOrchestration : SubOrchestrationCases<InProcessEngine>;

public sealed class InProcessContinueAsNew : ContinueAsNewCases<InProcessEngine>;

public sealed class InProcessStart : StartCases<InProcessEngine>;

public sealed class InProcessControl : ControlCases<InProcessEngine>;

public sealed class InProcessQuery : QueryCases<InProcessEngine>;

public sealed class InProcessContext : ContextCases<InProcessEngine>;

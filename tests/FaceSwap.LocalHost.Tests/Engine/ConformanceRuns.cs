using FaceSwap.LocalHost.Tests.Conformance;

namespace FaceSwap.LocalHost.Tests.Engine;

// One line per set of cases and engine: the runner finds classes, and the cases name no engine.
public sealed class ActivitiesCaching : ActivityCases<CachingEngine>;

public sealed class ActivitiesReplaying : ActivityCases<ReplayingEngine>;

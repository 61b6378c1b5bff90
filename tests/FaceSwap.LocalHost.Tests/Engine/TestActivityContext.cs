using FaceSwap.LocalHost.Durable.Execution;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Tests.Engine;

internal sealed class TestActivityContext(ActivityCall call) : TaskActivityContext
{
    public override TaskName Name => new(call.Name);

    public override string InstanceId => call.InstanceId;

    public override string Version => call.Version;
}

using FaceSwap.FunctionsHost.Functions;
using FaceSwap.FunctionsHost.Protocol;
using FaceSwap.FunctionsHost.Worker;

namespace FaceSwap.FunctionsHost.Http;

/// <summary>A timer function, which this host runs when it is told to, by the route that the platform has for that.</summary>
internal sealed class TimerFunction(AppFunction function, string durableClient, FunctionKey key, WorkerSupervisor worker, TimeProvider time)
{
    private const string Now = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";

    public string Pattern => $"admin/functions/{function.Name}";

    public async Task<IResult> RunAsync(HttpRequest request)
    {
        if (!key.Admits(request))
        {
            return Results.Unauthorized();
        }

        await worker.InvokeAsync(function.NewInvocation(new TypedData { Json = Now }, durableClient, time), request.HttpContext.RequestAborted);
        return Results.Accepted();
    }
}

using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;
using FaceSwap.LocalHost.Worker;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Passes what the Durable extension runs to the worker.</summary>
internal sealed class WorkerRunner(WorkerSupervisor worker, Task<string> durableClient, HistoryRecorder histories, TimeProvider time) : IFunctionRunner
{
    // As the platform reads a worker's answer: text that looks like a date stays text.
    private static readonly JsonSerializerSettings AnswerSettings = new() { DateParseHandling = DateParseHandling.None };

    private readonly Dictionary<string, AppFunction> functions = worker.Functions.ToDictionary(function => function.Name);

    public async Task<object?> RunAsync(string function, string? value, IReadOnlyDictionary<string, object> triggerData, CancellationToken cancellation)
    {
        var request = functions[function].NewInvocation(value is null ? new TypedData() : new TypedData { String = value }, await durableClient.WaitAsync(cancellation), time);
        foreach (var (name, data) in triggerData)
        {
            if (ToTypedData(data) is { } typed)
            {
                request.TriggerMetadata[name] = typed;
            }
        }

        var answer = ToObject(await worker.InvokeAsync(request, cancellation));
        if (value is not null && functions[function].IsTriggeredBy("orchestrationTrigger"))
        {
            await histories.KeepAsync(function, value, answer);
        }

        return answer;
    }

    private static TypedData? ToTypedData(object? data) => data switch
    {
        string text => new TypedData { String = text },
        JToken token => new TypedData { Json = token.ToString(Formatting.None) },
        _ => null,
    };

    private static object? ToObject(TypedData? answer) => answer?.DataCase switch
    {
        TypedData.DataOneofCase.String => answer.String,
        TypedData.DataOneofCase.Json => JsonConvert.DeserializeObject(answer.Json, AnswerSettings),
        TypedData.DataOneofCase.Bytes => answer.Bytes.ToByteArray(),
        _ => null,
    };
}

using System.Text.Json;
using Microsoft.DurableTask.Protobuf;

namespace FaceSwap.FunctionsHost.Durable;

/// <summary>Keeps the last turn of every orchestration that ends: its whole history, and what the worker answered to it.</summary>
/// <param name="folder">Where to; null: nowhere.</param>
internal sealed class HistoryRecorder(string? folder)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Keeps a turn if it is the last.</summary>
    /// <param name="orchestrator">The function.</param>
    /// <param name="request">What was passed to the worker: a protocol buffer in base64.</param>
    /// <param name="answer">What it answered, likewise.</param>
    public async Task KeepAsync(string orchestrator, string request, object? answer)
    {
        if (folder is null || answer is not string text || !IsLast(text))
        {
            return;
        }

        var instance = OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(request)).InstanceId;
        Directory.CreateDirectory(folder);
        var turn = JsonSerializer.Serialize(new { orchestrator, request, answer = text }, Readable);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{orchestrator}-{instance}.json"), turn);
    }

    private static bool IsLast(string answer) =>
        OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer)).Actions.Any(action => action.CompleteOrchestration is not null);
}

using System.Text.Json;
using Microsoft.DurableTask.Protobuf;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Keeps the last turn of every execution of an orchestration: its whole history, and what the worker answered to it.</summary>
/// <param name="folder">Where to; null: nowhere.</param>
internal sealed class HistoryRecorder(string? folder)
{
    /// <summary>Keeps a turn if it is the last of its execution.</summary>
    /// <param name="request">What was passed to the worker: a protocol buffer in base64.</param>
    /// <param name="answer">What it answered, likewise.</param>
    public async Task KeepAsync(string orchestrator, string request, object? answer)
    {
        if (folder is null || answer is not string text || EndOf(text) is not { } end)
        {
            return;
        }

        var turn = OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(request));
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{orchestrator}-{turn.InstanceId}-{turn.ExecutionId}.json");
        var json = JsonSerializer.Serialize(new { orchestrator, request, answer = text, isEnd = end != OrchestrationStatus.ContinuedAsNew });

        // Whoever finds the file finds all of it.
        await File.WriteAllTextAsync($"{path}.tmp", json);
        File.Move($"{path}.tmp", path, overwrite: true);
    }

    private static OrchestrationStatus? EndOf(string answer) => OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer))
        .Actions.Select(action => action.CompleteOrchestration).FirstOrDefault(end => end is not null)?.OrchestrationStatus;
}

using FaceSwap.LocalHost.Protocol;

namespace FaceSwap.LocalHost.Worker;

/// <summary>Takes what the app and its worker log into this host's log, under the category and level that the entry has.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    public void Write(RpcLog entry)
    {
        var problem = entry.Exception is { Message.Length: > 0 } exception ? $"{Environment.NewLine}{exception.Message}" : "";
        var id = int.TryParse(entry.EventId, out var number) ? new EventId(number) : new EventId(0, entry.EventId);
        var logger = loggers.CreateLogger(entry.Category.Length > 0 ? entry.Category : "Worker");
        logger.Log((LogLevel)entry.Level, id, entry.Message + problem, exception: null, (text, _) => text);
    }
}

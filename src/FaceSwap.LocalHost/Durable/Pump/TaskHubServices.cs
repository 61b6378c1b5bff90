using FaceSwap.LocalHost.Durable.Execution;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>What a task hub runs with.</summary>
/// <param name="Catalog">The orchestrators and activities.</param>
/// <param name="Converter">Reads and writes payloads.</param>
/// <param name="Time">The clock of timers, turns and the lease.</param>
/// <param name="Loggers">Where it writes its log.</param>
internal sealed record TaskHubServices(
    ITaskCatalog Catalog, DataConverter Converter, TimeProvider Time, ILoggerFactory Loggers);

using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>Every quarter of an hour: starts the clocks of schedules that have none, because the app died in the moment of their creation.</summary>
public sealed class KeepClocks(ScheduleDocuments schedules)
{
    [Function(nameof(KeepClocks))]
    public async Task RunAsync([TimerTrigger("0 7/15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var schedule in schedules.AllAsync(cancellationToken))
        {
            await ScheduleControl.EnsureAsync(schedule, client, cancellationToken);
        }
    }
}

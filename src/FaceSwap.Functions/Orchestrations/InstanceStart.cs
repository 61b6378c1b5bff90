using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Starts instances under ids of our own, each at most once.</summary>
internal static class InstanceStart
{
    /// <summary>Starts an instance unless one of this id exists, whatever became of it.</summary>
    /// <remarks>
    /// By default the platform replaces a finished instance of the same id, which could charge a second time: so every
    /// status counts as a duplicate. How a refusal is reported differs between versions; that the instance exists is what counts.
    /// Of starts at the same moment the Azure Storage provider accepts them all, and the instance runs once, with the input of
    /// either: so an id's input must follow from the id. Where callers could differ, a create-once blob decides before the start.
    /// </remarks>
    public static async Task StartOnceAsync(
        this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(InstanceId: instanceId)
            .WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}

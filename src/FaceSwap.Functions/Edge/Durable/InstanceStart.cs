using FaceSwap.Errors;

namespace FaceSwap.Functions.Edge.Durable;

/// <summary>Starts instances under ids of our own, each at most once.</summary>
internal static class InstanceStart
{
    /// <summary>Starts an instance unless one of this id exists, whatever became of it.</summary>
    /// <remarks>
    /// By default the platform replaces a finished instance of the same id, which could charge a second time: so every
    /// status counts as a duplicate. How a refusal is reported differs between versions; that the instance exists is what counts.
    /// Of starts at the same moment the Azure Storage provider accepts them all, and the instance runs once, with the input of
    /// either: so an id's input must follow from the id. Where callers could differ, a create-once blob decides before the start.
    /// Once the start is tried it goes through: one that is given up half-way may have started the instance all the same.
    /// </remarks>
    /// <param name="cancellationToken">Ends the attempt before the start, and not any more from then on.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.StartUnknown"/>: the start failed, and the instance is not to be seen.</exception>
    /// <exception cref="OperationCanceledException">The attempt was ended; nothing was started.</exception>
    public static async Task StartOnceAsync(
        this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = new StartOrchestrationOptions(InstanceId: instanceId)
            .WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, CancellationToken.None);
        }
        catch (Exception start)
        {
            // Whatever it was: a refusal, a timeout, an answer that was lost. The Azure Storage provider queues the start before it
            // writes the instance down: that there is none yet proves nothing.
            if (await FindAsync(client, instanceId) is null)
            {
                throw new FaceSwapException(ErrorCodes.StartUnknown, $"Whether {instanceId} was started cannot be told yet.", inner: start);
            }
        }
    }

    private static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string instanceId)
    {
        try
        {
            return await client.GetInstanceAsync(instanceId, CancellationToken.None);
        }
        catch (Exception)
        {
            return null;
        }
    }
}

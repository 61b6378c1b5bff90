using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Client;

/// <summary>Shows a stored instance as the client API does.</summary>
internal static class InstanceMetadata
{
    // What an unset custom status reads back as on the platform.
    private const string NullText = "null";

    public static OrchestrationMetadata From(StoredInstance instance, DataConverter converter, bool withPayloads)
    {
        OrchestrationMetadata metadata = new(instance.Name, instance.InstanceId)
        {
            RuntimeStatus = instance.Status,
            CreatedAt = instance.CreatedAt,
            LastUpdatedAt = instance.UpdatedAt,
            Tags = instance.Tags,
            DataConverter = withPayloads ? converter : null,
            SerializedInput = withPayloads ? instance.Input : null,
            SerializedOutput = withPayloads ? instance.Output : null,
            SerializedCustomStatus = withPayloads ? instance.CustomStatus ?? NullText : null,
            FailureDetails = withPayloads ? instance.Failure?.ToDetails() : null,
        };
        return metadata;
    }
}

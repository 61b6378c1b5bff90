using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>A binding named as the platform does: <c>httpTrigger</c> for <c>HttpTriggerAttribute</c>.</summary>
internal sealed class LocalBindingMetadata(string name, BindingAttribute binding) : BindingMetadata
{
    public override string Name => name;

    public override string Type { get; } = CamelCase(binding.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal));

    public override BindingDirection Direction => BindingDirection.In;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>Binding data is not supplied here; parameters carry everything.</summary>
internal sealed class LocalBindingContext : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => ImmutableDictionary<string, object?>.Empty;
}

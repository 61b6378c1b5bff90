using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>What a function can learn about itself.</summary>
internal sealed class LocalFunctionDefinition(FunctionDescriptor function) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. function.Method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];

    public override string PathToAssembly => function.Method.Module.Assembly.Location;

    public override string EntryPoint => function.EntryPoint;

    public override string Id => function.Name;

    public override string Name => function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        function.Method.GetParameters()
            .Select(parameter => (parameter.Name, Binding: parameter.GetCustomAttribute<BindingAttribute>()))
            .Where(bound => bound.Binding is not null)
            .ToImmutableDictionary(bound => bound.Name!, bound => (BindingMetadata)new LocalBindingMetadata(bound.Name!, bound.Binding!));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings =>
        ImmutableDictionary<string, BindingMetadata>.Empty;
}

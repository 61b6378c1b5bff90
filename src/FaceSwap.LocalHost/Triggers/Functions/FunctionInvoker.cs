using System.Reflection;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>Calls one function: creates its class in the invocation's scope, binds its parameters, reads its result.</summary>
internal sealed class FunctionInvoker
{
    private readonly MethodInvoker _method;
    private readonly ObjectFactory? _factory;
    private readonly Func<Invocation, object?>[] _parameters;
    private readonly Func<object?, Task<object?>> _readResult;

    public FunctionInvoker(FunctionDescriptor function)
    {
        Definition = new LocalFunctionDefinition(function);
        _method = MethodInvoker.Create(function.Method);
        _factory = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        _parameters = ParameterBinding.Bind(function);
        _readResult = ResultReader.For(function.Method.ReturnType);
    }

    public LocalFunctionDefinition Definition { get; }

    public Task<object?> InvokeAsync(Invocation invocation)
    {
        var instance = _factory?.Invoke(invocation.Context.InstanceServices, null);
        var arguments = Array.ConvertAll(_parameters, bind => bind(invocation));
        return _readResult(_method.Invoke(instance, arguments.AsSpan()));
    }
}

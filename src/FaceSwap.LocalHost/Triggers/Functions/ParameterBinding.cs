using System.ComponentModel;
using System.Reflection;
using FaceSwap.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>Decides once, when the host starts, where each parameter of a function comes from.</summary>
internal static class ParameterBinding
{
    /// <exception cref="AppSetupException">A parameter cannot be bound.</exception>
    public static Func<Invocation, object?>[] Bind(FunctionDescriptor function)
    {
        var mayTakeInput = function.Trigger is OrchestrationTriggerAttribute;
        List<Func<Invocation, object?>> sources = [];
        foreach (ParameterInfo parameter in function.Method.GetParameters())
        {
            Func<Invocation, object?>? source = FromHost(parameter) ?? FromTrigger(function, parameter);
            if (source is null && mayTakeInput)
            {
                // An orchestrator's input is the first parameter without a binding.
                mayTakeInput = false;
                source = Input(parameter);
            }

            sources.Add(source ?? throw new AppSetupException(
                $"The local host cannot bind parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of function '{function.Name}'."));
        }

        return [.. sources];
    }

    private static Func<Invocation, object?>? FromHost(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return static invocation => invocation.Context;
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return static invocation => invocation.Context.CancellationToken;
        }

        return parameter.ParameterType == typeof(DurableTaskClient) && parameter.IsDefined(typeof(DurableClientAttribute))
            ? static invocation => invocation.Client
            : null;
    }

    private static Func<Invocation, object?>? FromTrigger(FunctionDescriptor function, ParameterInfo parameter)
    {
        var isTrigger = parameter == function.TriggerParameter;
        return function.Trigger switch
        {
            ActivityTriggerAttribute when isTrigger => Input(parameter),
            OrchestrationTriggerAttribute when isTrigger && parameter.ParameterType == typeof(TaskOrchestrationContext) => Trigger,
            TimerTriggerAttribute when isTrigger && parameter.ParameterType.IsAssignableFrom(typeof(TimerInfo)) => Trigger,
            HttpTriggerAttribute when isTrigger && parameter.ParameterType == typeof(HttpRequest) => Trigger,
            HttpTriggerAttribute when !isTrigger && IsText(parameter.ParameterType) => Value(parameter),
            _ => null,
        };
    }

    private static object? Trigger(Invocation invocation) => invocation.TriggerValue;

    private static Func<Invocation, object?> Input(ParameterInfo parameter) =>
        invocation => invocation.ReadInput(parameter.ParameterType) ?? Default(parameter);

    private static Func<Invocation, object?> Value(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        TypeConverter converter = TypeDescriptor.GetConverter(type);
        return invocation => invocation.FindValue(parameter.Name!) switch
        {
            null => Default(parameter),
            var text when type == typeof(string) => text,
            var text => converter.ConvertFromInvariantString(text),
        };
    }

    private static bool IsText(Type type) =>
        TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));

    private static object? Default(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue)
        {
            return parameter.DefaultValue;
        }

        return parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
    }
}

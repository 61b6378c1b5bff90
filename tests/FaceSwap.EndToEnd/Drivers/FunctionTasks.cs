using System.Reflection;
using FaceSwap.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The app's functions, found by their attributes as the platform finds them.</summary>
internal static class FunctionTasks
{
    /// <summary>Every function, with the parameter that its trigger is on.</summary>
    public static IReadOnlyList<(string Name, MethodInfo Method, ParameterInfo Trigger)> All { get; } =
    [
        .. from type in typeof(FaceSwapApp).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method, method.GetParameters().Single(parameter => parameter.GetCustomAttributes().Any(IsTrigger))),
    ];

    /// <summary>Registers the orchestrators and activities.</summary>
    public static void Register(DurableTaskRegistry registry)
    {
        foreach (var (name, method, trigger) in All)
        {
            if (trigger.IsDefined(typeof(OrchestrationTriggerAttribute)))
            {
                registry.AddOrchestrator(new TaskName(name), () => new Orchestrator(method));
            }
            else if (trigger.IsDefined(typeof(ActivityTriggerAttribute)))
            {
                registry.AddActivity(new TaskName(name), services => new Activity(method, trigger, services));
            }
        }
    }

    /// <summary>Runs a function with what its parameters ask for.</summary>
    /// <param name="method">The function.</param>
    /// <param name="services">Where its class and its client come from.</param>
    /// <param name="find">What stands for a parameter; null where the platform would bind a client or a token.</param>
    /// <param name="cancellationToken">The token of the invocation.</param>
    /// <returns>Its result; null for none.</returns>
    public static async Task<object?> RunAsync(MethodInfo method, IServiceProvider? services, Func<ParameterInfo, object?> find, CancellationToken cancellationToken)
    {
        object?[] arguments =
        [
            .. method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
                : parameter.ParameterType == typeof(DurableTaskClient) ? services!.GetRequiredService<DurableTaskClient>()
                : find(parameter)),
        ];
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services!, method.DeclaringType!);
        var running = (Task)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await running;
        return ResultType(method) is null ? null : running.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(running);
    }

    private static bool IsTrigger(Attribute attribute) =>
        attribute is OrchestrationTriggerAttribute or ActivityTriggerAttribute or HttpTriggerAttribute or TimerTriggerAttribute;

    private static Type? ResultType(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    private sealed class Orchestrator(MethodInfo method) : ITaskOrchestrator
    {
        public Type InputType => method.GetParameters()[1].ParameterType;

        public Type OutputType => ResultType(method) ?? typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => FunctionTasks.RunAsync(
            method, services: null, parameter => parameter.ParameterType == typeof(TaskOrchestrationContext) ? context : input, CancellationToken.None);
    }

    private sealed class Activity(MethodInfo method, ParameterInfo trigger, IServiceProvider services) : ITaskActivity
    {
        public Type InputType => trigger.ParameterType;

        public Type OutputType => ResultType(method) ?? typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) =>
            FunctionTasks.RunAsync(method, services, _ => input, CancellationToken.None);
    }
}

using System.Reflection;
using FaceSwap.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>The functions of an app, found by their attributes.</summary>
internal sealed class FunctionCatalog
{
    private readonly List<FunctionDescriptor> _functions = [];

    /// <exception cref="AppSetupException">Two functions share a name, or one cannot be run here.</exception>
    public FunctionCatalog(IEnumerable<Assembly> assemblies)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (FunctionDescriptor function in assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(Find))
        {
            if (!names.Add(function.Name))
            {
                throw new AppSetupException($"Two functions have the name '{function.Name}'; the second is {function.EntryPoint}.");
            }

            _functions.Add(function);
        }
    }

    /// <summary>The functions whose trigger is of the given kind.</summary>
    public IEnumerable<(FunctionDescriptor Function, T Trigger)> With<T>()
        where T : Attribute =>
        _functions.Where(function => function.Trigger is T).Select(function => (function, (T)function.Trigger));

    private static IEnumerable<FunctionDescriptor> Find(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return
            from method in type.GetMethods(All)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            select Describe(function.Name, method);
    }

    private static FunctionDescriptor Describe(string name, MethodInfo method)
    {
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<TriggerBindingAttribute>() is { } trigger)
            {
                return trigger is HttpTriggerAttribute or TimerTriggerAttribute or OrchestrationTriggerAttribute or ActivityTriggerAttribute
                    ? new FunctionDescriptor(name, method, trigger, parameter)
                    : throw new AppSetupException($"The local host cannot run function '{name}': it knows no {trigger.GetType().Name}.");
            }
        }

        throw new AppSetupException($"Function '{name}' ({method.DeclaringType}.{method.Name}) has no trigger.");
    }
}

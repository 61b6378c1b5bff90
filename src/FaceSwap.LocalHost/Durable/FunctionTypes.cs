using System.Reflection;
using System.Reflection.Emit;
using FaceSwap.LocalHost.Functions;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace FaceSwap.LocalHost.Durable;

/// <summary>
/// A type for each orchestrator and activity, of the form
/// <code>[FunctionName("Name")] public Task&lt;object&gt; Run([ActivityTrigger] string input, Binder binder, CancellationToken cancellation)</code>
/// The platform's host builds such types too: its extensions find functions by reflection.
/// </summary>
internal sealed class FunctionTypes : ITypeLocator
{
    private const string Method = "Run";
    private static readonly ConstructorInfo BaseConstructor = typeof(DurableFunction).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
    private static readonly MethodInfo BaseRun = typeof(DurableFunction).GetMethod("RunAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly List<Type> types = [typeof(DurableClientProbe)];

    public FunctionTypes(IEnumerable<AppFunction> functions)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("FunctionTypes"), AssemblyBuilderAccess.Run).DefineDynamicModule("FunctionTypes");
        foreach (var function in functions)
        {
            var trigger = function.IsTriggeredBy("orchestrationTrigger") ? typeof(OrchestrationTriggerAttribute)
                : function.IsTriggeredBy("activityTrigger") ? typeof(ActivityTriggerAttribute)
                : null;
            types.AddRange(trigger is null ? [] : [Define(module, function, trigger)]);
        }
    }

    public IReadOnlyList<Type> GetTypes() => types;

    private static Type Define(ModuleBuilder module, AppFunction function, Type trigger)
    {
        var type = module.DefineType(function.Name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(DurableFunction));
        DefineConstructor(type);
        DefineRun(type, function, trigger);
        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(IFunctionRunner)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, BaseConstructor);
        code.Emit(OpCodes.Ret);
    }

    private static void DefineRun(TypeBuilder type, AppFunction function, Type trigger)
    {
        var run = type.DefineMethod(Method, MethodAttributes.Public, typeof(Task<object>), [typeof(string), typeof(Binder), typeof(CancellationToken)]);
        run.SetCustomAttribute(new CustomAttributeBuilder(typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!, [function.Name]));
        run.DefineParameter(1, ParameterAttributes.None, function.TriggerName)
            .SetCustomAttribute(new CustomAttributeBuilder(trigger.GetConstructor(Type.EmptyTypes)!, []));
        run.DefineParameter(2, ParameterAttributes.None, "binder");
        run.DefineParameter(3, ParameterAttributes.None, "cancellation");

        var code = run.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarg_3);
        code.Emit(OpCodes.Call, BaseRun);
        code.Emit(OpCodes.Ret);
    }
}

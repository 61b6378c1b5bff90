using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Microsoft.DurableTask;

namespace FaceSwap.Tests.Functions;

/// <summary>
/// Runs a method's code symbolically, once from top to bottom, to learn what its calls are given. The evaluation stack
/// holds literals, parameters and unknowns; every branch takes the stack along to its target.
/// </summary>
internal sealed class CallSites(MethodBase method)
{
    private readonly Dictionary<string, object?> _stored = [];
    private readonly Dictionary<int, object?[]> _stackAt = HandlerStacks(method);
    private readonly MethodBase _source = SourceMethod.Of(method);
    private Stack<object?> _stack = new();

    public static IEnumerable<CallSite> In(MethodBase method) => new CallSites(method).Run();

    private IEnumerable<CallSite> Run()
    {
        foreach (var instruction in new MethodCode(method).Read())
        {
            if (_stackAt.TryGetValue(instruction.Offset, out var carried))
            {
                _stack = new(carried.Reverse());
            }

            if (instruction.Operand is MethodBase callee && instruction.Code.FlowControl == FlowControl.Call)
            {
                yield return Call(callee, instruction.Code == OpCodes.Newobj);
            }
            else
            {
                Execute(instruction);
            }
        }
    }

    private CallSite Call(MethodBase callee, bool isNew)
    {
        var arguments = Pop(callee.GetParameters().Length);
        if (!callee.IsStatic && !isNew)
        {
            Pop(1);
        }

        if (isNew || callee is MethodInfo { ReturnType: var type } && type != typeof(void))
        {
            // A text that becomes a TaskName is still the same name.
            _stack.Push(callee.Name == "op_Implicit" && callee.DeclaringType == typeof(TaskName) ? arguments[0] : null);
        }

        return new(callee, arguments);
    }

    private void Execute(Instruction instruction)
    {
        var code = instruction.Code;
        var popped = Pop(PopCount(code));
        switch (code.Name!.Split('.')[0])
        {
            case "dup":
                _stack.Push(popped[0]);
                _stack.Push(popped[0]);
                break;
            case "stfld" or "stsfld" or "stloc" or "starg":
                _stored[Place(instruction)] = popped[^1];
                break;
            default:
                PushMany(PushCount(code), Value(instruction));
                break;
        }

        Branch(instruction);
    }

    private object? Value(Instruction instruction)
    {
        if (instruction.Operand is string literal)
        {
            return literal;
        }

        return instruction.Code.Name!.Split('.')[0] is "ldarg" or "ldloc" or "ldfld"
            ? _stored.GetValueOrDefault(Place(instruction)) ?? Parameter(instruction)
            : null;
    }

    // "ldarg.1" and "ldarg.s 1" name the same place, and so do "stloc.2" and "ldloc.2".
    private static string Place(Instruction instruction) => instruction.Operand is FieldInfo field
        ? $"{field.DeclaringType}.{field.Name}"
        : $"{instruction.Code.Name![2..].Split('.')[0]} {Number(instruction)}";

    private static int Number(Instruction instruction) =>
        instruction.Operand as int? ?? (int.TryParse(instruction.Code.Name!.Split('.')[^1], CultureInfo.InvariantCulture, out var inline) ? inline : 0);

    private ParameterInfo? Parameter(Instruction instruction)
    {
        if (instruction.Operand is FieldInfo field)
        {
            // A state machine keeps the parameters in fields of the same names.
            var isOwn = _source != method && field.DeclaringType == method.DeclaringType;
            return isOwn ? _source.GetParameters().FirstOrDefault(parameter => parameter.Name == field.Name) : null;
        }

        return instruction.Code.Name!.StartsWith("ldarg", StringComparison.Ordinal)
            ? method.GetParameters().ElementAtOrDefault(Number(instruction) - (method.IsStatic ? 0 : 1))
            : null;
    }

    private void Branch(Instruction instruction)
    {
        foreach (var target in instruction.Operand as int[] ?? [])
        {
            _stackAt.TryAdd(target, [.. _stack]);
        }

        if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
        {
            _stack.Clear();
        }
    }

    private object?[] Pop(int count)
    {
        var popped = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            popped[i] = _stack.Pop();
        }

        return popped;
    }

    private void PushMany(int count, object? value)
    {
        for (var i = 0; i < count; i++)
        {
            _stack.Push(value);
        }
    }

    private int PopCount(OpCode code) => code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Varpop => code == OpCodes.Ret && method is MethodInfo { ReturnType: var type } && type != typeof(void) ? 1 : 0,
        var behaviour => behaviour.ToString().Split('_').Length,
    };

    private static int PushCount(OpCode code) =>
        code.StackBehaviourPush is StackBehaviour.Push0 ? 0 : code.StackBehaviourPush.ToString().Split('_').Length;

    // A handler starts with the exception on the stack.
    private static Dictionary<int, object?[]> HandlerStacks(MethodBase method) =>
        (method.GetMethodBody()?.ExceptionHandlingClauses ?? [])
            .Where(clause => clause.Flags is ExceptionHandlingClauseOptions.Clause or ExceptionHandlingClauseOptions.Filter)
            .SelectMany(clause => clause.Flags == ExceptionHandlingClauseOptions.Filter ? [clause.FilterOffset, clause.HandlerOffset] : new[] { clause.HandlerOffset })
            .ToDictionary(offset => offset, _ => new object?[1]);
}

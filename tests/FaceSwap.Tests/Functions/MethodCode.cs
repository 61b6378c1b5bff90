using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace FaceSwap.Tests.Functions;

/// <summary>Reads a method's compiled code.</summary>
internal static class MethodCode
{
    private const byte TwoByteMarker = 0xFE;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    /// <summary>The methods and strings that the instructions name, in order; null for an instruction that names neither.</summary>
    public static IEnumerable<object?> Operands(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var instruction = ReadOpCode(code, ref at);
            yield return Resolve(method, instruction, code.AsSpan(at));
            at += OperandSize(instruction, code.AsSpan(at));
        }
    }

    private static OpCode ReadOpCode(byte[] code, ref int at)
    {
        ushort value = code[at++];
        return OpCodesByValue[value == TwoByteMarker ? (ushort)(TwoByteMarker << 8 | code[at++]) : value];
    }

    private static object? Resolve(MethodBase method, OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.InlineString => method.Module.ResolveString(BinaryPrimitives.ReadInt32LittleEndian(operand)),
        OperandType.InlineMethod => method.Module.ResolveMethod(
            BinaryPrimitives.ReadInt32LittleEndian(operand),
            method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null),
        _ => null,
    };

    private static int OperandSize(OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => sizeof(int) * (1 + BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}

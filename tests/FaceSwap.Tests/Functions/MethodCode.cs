using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace FaceSwap.Tests.Functions;

/// <summary>Reads a method's compiled code.</summary>
internal sealed class MethodCode(MethodBase method)
{
    private const byte TwoByteMarker = 0xFE;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    private readonly byte[] _code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
    private readonly Type[]? _typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
    private readonly Type[]? _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;

    public IEnumerable<Instruction> Read()
    {
        for (var at = 0; at < _code.Length;)
        {
            var offset = at;
            ushort value = _code[at++];
            var code = OpCodesByValue[value == TwoByteMarker ? (ushort)(TwoByteMarker << 8 | _code[at++]) : value];
            var next = at + OperandSize(code, at);
            yield return new(offset, code, Operand(code, at, next));
            at = next;
        }
    }

    private object? Operand(OpCode code, int at, int next) => code.OperandType switch
    {
        OperandType.InlineString => method.Module.ResolveString(Int(at)),
        OperandType.InlineMethod => method.Module.ResolveMethod(Int(at), _typeArguments, _methodArguments),
        OperandType.InlineField => method.Module.ResolveField(Int(at), _typeArguments, _methodArguments),
        OperandType.ShortInlineVar => (int)_code[at],
        OperandType.InlineVar => (int)BinaryPrimitives.ReadUInt16LittleEndian(_code.AsSpan(at)),
        OperandType.ShortInlineBrTarget => new[] { next + (sbyte)_code[at] },
        OperandType.InlineBrTarget => new[] { next + Int(at) },
        OperandType.InlineSwitch => Enumerable.Range(1, Int(at)).Select(branch => next + Int(at + branch * sizeof(int))).ToArray(),
        _ => null,
    };

    private int OperandSize(OpCode code, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => sizeof(int) * (1 + Int(at)),
        _ => 4,
    };

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_code.AsSpan(at));
}

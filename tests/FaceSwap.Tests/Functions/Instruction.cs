using System.Reflection.Emit;

namespace FaceSwap.Tests.Functions;

/// <summary>One instruction of compiled code.</summary>
/// <param name="Operand">A string, a method, a field, the number of a local or an argument, or the offsets that it may branch to.</param>
internal sealed record Instruction(int Offset, OpCode Code, object? Operand);

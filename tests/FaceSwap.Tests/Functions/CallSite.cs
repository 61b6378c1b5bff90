using System.Reflection;

namespace FaceSwap.Tests.Functions;

/// <summary>A call in compiled code.</summary>
/// <param name="Arguments">Each a string literal, a parameter of the calling method that is passed on, or null: something else.</param>
internal sealed record CallSite(MethodBase Callee, IReadOnlyList<object?> Arguments);

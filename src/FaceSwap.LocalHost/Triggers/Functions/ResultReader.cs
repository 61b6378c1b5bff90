using System.Reflection;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>Reads what a function returns: nothing, a value, or a task of either.</summary>
internal static class ResultReader
{
    private static readonly MethodInfo FromTask = Generic(nameof(ReadTaskAsync));
    private static readonly MethodInfo FromValueTask = Generic(nameof(ReadValueTaskAsync));

    public static Func<object?, Task<object?>> For(Type returnType)
    {
        if (returnType == typeof(Task))
        {
            return static async result =>
            {
                await (Task)result!;
                return null;
            };
        }

        if (returnType == typeof(ValueTask))
        {
            return static async result =>
            {
                await (ValueTask)result!;
                return null;
            };
        }

        Type? definition = returnType.IsGenericType ? returnType.GetGenericTypeDefinition() : null;
        MethodInfo? reader = definition == typeof(Task<>) ? FromTask : definition == typeof(ValueTask<>) ? FromValueTask : null;
        return reader?.MakeGenericMethod(returnType.GenericTypeArguments).CreateDelegate<Func<object?, Task<object?>>>()
            ?? Task.FromResult;
    }

    private static async Task<object?> ReadTaskAsync<T>(object? result) => await (Task<T>)result!;

    private static async Task<object?> ReadValueTaskAsync<T>(object? result) => await (ValueTask<T>)result!;

    private static MethodInfo Generic(string name) =>
        typeof(ResultReader).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}

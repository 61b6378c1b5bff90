namespace FaceSwap.Registry;

/// <summary>Writes a type as the listings do: C# keywords, no <c>System.</c> before the types of that namespace itself.</summary>
internal static class TypeNotation
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(void)] = "void",
    };

    public static string Of(Type type) => type switch
    {
        { IsByRef: true } => Of(type.GetElementType()!),
        { IsArray: true } => Of(type.GetElementType()!) + "[]",
        { IsGenericParameter: true } => type.Name,
        _ when Nullable.GetUnderlyingType(type) is { } value => Of(value) + "?",
        _ when Keywords.TryGetValue(type, out var keyword) => keyword,
        _ => Qualified(type),
    };

    private static string Qualified(Type type)
    {
        var name = type.Name.Split('`')[0];
        var scope = type.IsNested ? Of(type.DeclaringType!) : type.Namespace;
        var qualified = scope is null or "System" ? name : $"{scope}.{name}";
        return type.IsGenericType ? $"{qualified}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : qualified;
    }
}

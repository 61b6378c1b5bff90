using System.Reflection;
using System.Runtime.CompilerServices;

namespace FaceSwap.Registry;

/// <summary>Lists a type: a header with base and interfaces, and one line for each member that other code can see.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Value equality and printing say nothing about how a type is called; listings leave them out, records or not.
    private static readonly HashSet<string> Unlisted =
        ["Equals", "GetHashCode", "ToString", "Deconstruct", "op_Equality", "op_Inequality", "<Clone>$", "PrintMembers"];

    public static string Header(Type type)
    {
        var bases = Bases(type).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && !IsImplied(parent))
        {
            bases.Insert(0, TypeNotation.Of(parent));
        }

        var suffix = bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
        return $"{Kind(type)} {TypeNotation.Of(type)}{suffix}";
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name))}");
        }

        return IsDelegate(type)
            ? [MemberNotation.Of(type.GetMethod("Invoke")!)]
            : Constructors(type).Concat(Fields(type)).Concat(Properties(type)).Concat(Methods(type));
    }

    private static IEnumerable<string> Constructors(Type type) => type.GetConstructors(Declared)
        .Where(constructor => !constructor.IsStatic && IsListed(constructor))
        .Select(MemberNotation.Of);

    private static IEnumerable<string> Fields(Type type) => type.GetFields(Declared)
        .Where(field => field.IsPublic || field.IsFamily)
        .Select(MemberNotation.Of);

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(Declared)
        .Where(property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(MemberNotation.IsVisible))
        .Select(MemberNotation.Of);

    private static IEnumerable<string> Methods(Type type) => type.GetMethods(Declared)
        .Where(method => IsListed(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
        .Select(MemberNotation.Of);

    private static bool IsListed(MethodBase method) =>
        MemberNotation.IsVisible(method)
        && !Unlisted.Contains(method.Name)
        && (!method.IsConstructor || !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || IsDelegate(type))
        {
            return [];
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        return type.GetInterfaces()
            .Except(inherited)
            .Where(contract => !contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IEquatable<>))
            .Select(TypeNotation.Of);
    }

    private static bool IsImplied(Type parent) =>
        parent == typeof(object) || parent == typeof(ValueType) || parent == typeof(Enum) || parent == typeof(MulticastDelegate);

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ when IsDelegate(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };
}

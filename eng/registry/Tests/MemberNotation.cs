using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FaceSwap.Registry;

/// <summary>Writes a member as the listings do: accessibility, kind of dispatch, type, name, parameters with defaults.</summary>
internal static class MemberNotation
{
    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    public static string Of(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        return $"{(field.IsPublic ? "public" : "protected")} {modifier}{TypeNotation.Of(field.FieldType)} {field.Name}";
    }

    public static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
        var names = accessors.Select(Accessor).Order(StringComparer.Ordinal);
        return $"{Access(accessors[0])} {Dispatch(accessors[0])}{TypeNotation.Of(property.PropertyType)} {property.Name} {{ {string.Join("; ", names)} }}";
    }

    public static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNotation.Of))}>" : "";
        return $"{Access(method)} {Dispatch(method)}{TypeNotation.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Dispatch(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Accessor(MethodInfo accessor)
    {
        if (accessor.ReturnType != typeof(void))
        {
            return "get";
        }

        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {Default(parameter.RawDefaultValue)}" : "";
        return $"{modifier}{TypeNotation.Of(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Default(object? value) => value switch
    {
        null => "default",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

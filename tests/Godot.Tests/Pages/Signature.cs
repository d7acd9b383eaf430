using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Godot.Tests;

/// <summary>A call as one would look it up: <c>Throttle(int count, TimeSpan per)</c>.</summary>
static class Signature
{
    public static string Of(MethodInfo method) => $"{method.Name}({string.Join(", ", Parameters(method).Select(Of))})";

    /// <summary>Those that a user fills in; an extension's first is the recipe.</summary>
    public static IEnumerable<ParameterInfo> Parameters(MethodInfo method) =>
        method.GetParameters()
            .Skip(method.IsStatic ? 1 : 0)
            .Where(parameter => parameter.GetCustomAttribute<CallerArgumentExpressionAttribute>() is null);

    static string Of(ParameterInfo parameter)
    {
        bool isParams = parameter.GetCustomAttribute<ParamCollectionAttribute>() is not null
            || parameter.GetCustomAttribute<ParamArrayAttribute>() is not null;
        string type = Of(parameter.ParameterType), name = $"{(isParams ? "params " : "")}{type} {parameter.Name}";
        if (!parameter.HasDefaultValue) return name;
        return $"{name} = {Default(parameter)}";
    }

    static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        string text => $"\"{text}\"",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal))
            return $"({string.Join(", ", type.GetGenericArguments().Select(Of))})";
        if (type.IsGenericType) return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
        return type == typeof(int) ? "int" : type == typeof(double) ? "double" : type == typeof(bool) ? "bool" : type == typeof(string)
            ? "string" : type == typeof(long) ? "long" : type.Name;
    }
}

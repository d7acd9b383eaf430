using System.Reflection;
using System.Runtime.CompilerServices;

namespace Godot.Tests.Original;

/// <summary>Shows that something cannot be written.</summary>
static class Refusal
{
    /// <summary>A verb refuses its arguments when the recipe is built.</summary>
    public static Action ByVerb(Func<Recipe> build) => () => Assert.ThrowsAny<ArgumentException>(build);

    /// <summary>The compiler refuses it: no call of this name can be handed arguments of these types.</summary>
    public static Action ByCompiler<TRecipe>(string verb, params Type[] arguments)
        where TRecipe : Recipe => () =>
    {
        Assert.Contains(Calls(typeof(Reactor)).Concat(Calls(typeof(BatchReactor))), call => call.Name == verb);
        Assert.DoesNotContain(Calls(typeof(TRecipe)), call => call.Name == verb && Takes(call.GetParameters(), arguments));
    };

    /// <summary>The compiler refuses it: a function that must return this cannot return nothing.</summary>
    public static Action OfNothing(Type returned) => () => Assert.True(returned.IsValueType);

    static MethodInfo[] Calls(Type recipe) => recipe.GetMethods(BindingFlags.Public | BindingFlags.Instance);

    static bool Takes(ParameterInfo[] parameters, Type[] arguments)
    {
        if (parameters is [.. var first, { ParameterType: { IsGenericType: true } list } last]
            && last.IsDefined(typeof(ParamCollectionAttribute)))
            return arguments.Length >= first.Length && Takes(first, arguments[..first.Length])
                && arguments[first.Length..].All(argument => Becomes(argument, list.GenericTypeArguments[0]));
        return arguments.Length <= parameters.Length && parameters.Skip(arguments.Length).All(parameter => parameter.IsOptional)
            && arguments.Zip(parameters).All(pair => Becomes(pair.First, pair.Second.ParameterType));
    }

    static bool Becomes(Type argument, Type parameter)
    {
        parameter = Nullable.GetUnderlyingType(parameter) ?? parameter;
        return parameter.IsAssignableFrom(argument)
            || (argument == typeof(int) && parameter == typeof(double))
            || parameter.GetMethods()
            .Any(method => method.Name == "op_Implicit" && method.ReturnType == parameter
                && Becomes(argument, method.GetParameters()[0].ParameterType));
    }
}

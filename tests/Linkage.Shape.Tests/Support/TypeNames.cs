using System.Reflection;

namespace Linkage.Shape.Tests.Support;

/// <summary>Writes types as C# does, without namespaces, with question marks where null is allowed.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The name of a type; with <paramref name="nullability"/> also of the references inside it.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is Type value)
        {
            return Of(value) + "?";
        }

        string mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : string.Empty;
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]"
                + mark;
        }

        return Name(type, nullability) + mark;
    }

    /// <summary>The full name of an exported type with its parameters.</summary>
    public static string Full(Type type) => $"{type.Namespace}.{Of(type)}";

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        IEnumerable<string> arguments = type.GetGenericArguments().Select(
            (argument, index) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}

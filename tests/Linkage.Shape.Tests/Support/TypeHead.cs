using System.Reflection;
using System.Runtime.CompilerServices;

namespace Linkage.Shape.Tests.Support;

/// <summary>What a type is: its kind, its modifiers, its base and its interfaces.</summary>
internal static class TypeHead
{
    private const string CloneOfRecord = "<Clone>$";

    /// <summary>Writes the head of a type.</summary>
    public static string Of(Type type)
    {
        string[] bases = [.. Bases(type)];
        return Kind(type) + (bases.Length == 0 ? string.Empty : $" : {string.Join(", ", bases)}");
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            string width = TypeNames.Of(Enum.GetUnderlyingType(type));
            return type.IsDefined(typeof(FlagsAttribute)) ? $"flags enum {width}" : $"enum {width}";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return "delegate";
        }

        return type.IsValueType ? StructKind(type) : ClassKind(type);
    }

    private static string StructKind(Type type)
    {
        string reading = type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : string.Empty;
        return reading + (type.IsByRefLike ? "ref struct" : "struct");
    }

    private static string ClassKind(Type type)
    {
        string noun = type.GetMethod(CloneOfRecord) is null ? "class" : "record";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => $"static {noun}",
            (true, false) => $"abstract {noun}",
            (false, true) => $"sealed {noun}",
            _ => noun,
        };
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        IEnumerable<string> interfaces = type.GetInterfaces()
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(contract => contract.IsVisible)
            .Select(contract => TypeNames.Of(contract))
            .Order(StringComparer.Ordinal);
        bool hasOwnBase = type.IsClass && type.BaseType != typeof(object);
        return hasOwnBase ? interfaces.Prepend(TypeNames.Of(type.BaseType!)) : interfaces;
    }
}

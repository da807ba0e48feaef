using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Linkage.Shape.Tests.Support;

/// <summary>The promise an assembly makes: every exported type and member, one per line, in ordinal order.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Lists an assembly.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    /// <summary>Lists some types.</summary>
    public static IReadOnlyList<string> Of(params IEnumerable<Type> types) =>
        [.. types.SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string name = TypeNames.Full(type);
        yield return $"{name} : {TypeHead.Of(type)}";
        IEnumerable<string> members = type.IsEnum ? EnumMembers(type) : Members(type);
        foreach (string member in members)
        {
            yield return $"{name} | {member}";
        }
    }

    private static IEnumerable<string> EnumMembers(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}"));

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(Declared)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
        .Select(member => member switch
        {
            ConstructorInfo constructor when MemberText.IsPromised(constructor) => MemberText.Of(constructor),
            MethodInfo method when MemberText.IsPromised(method) && !IsAccessor(method) => MemberText.Of(method),
            PropertyInfo property when property.GetAccessors(true).Any(MemberText.IsPromised) =>
                MemberText.Of(property),
            EventInfo happening when MemberText.IsPromised(happening.AddMethod!) => MemberText.Of(happening),
            FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => MemberText.Of(field),
            _ => string.Empty,
        })
        .Where(text => text.Length > 0);

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}

using System.Reflection.Metadata;

namespace Linkage.Shape.Tests.Support;

/// <summary>A type of another assembly. A nested type has the namespace of the outermost one.</summary>
internal sealed record TypeUse(string Namespace, string FullName)
{
    /// <summary>Resolves one row of the type-reference table.</summary>
    public static TypeUse Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            TypeUse outer = Of(reader, (TypeReferenceHandle)type.ResolutionScope);
            return new TypeUse(outer.Namespace, $"{outer.FullName}+{name}");
        }

        string room = reader.GetString(type.Namespace);
        return new TypeUse(room, room.Length == 0 ? name : $"{room}.{name}");
    }

    /// <summary>Whether the type is in the namespace or in one below it.</summary>
    public bool IsIn(string room) =>
        Namespace == room || Namespace.StartsWith(room + ".", StringComparison.Ordinal);
}

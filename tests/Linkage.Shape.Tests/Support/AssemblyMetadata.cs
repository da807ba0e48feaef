using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Linkage.Shape.Tests.Support;

/// <summary>What one assembly uses of others, read from its metadata tables without loading it.</summary>
internal sealed class AssemblyMetadata
{
    private AssemblyMetadata(MetadataReader reader)
    {
        AssemblyReferences = [.. reader.AssemblyReferences
            .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))
            .Order(StringComparer.Ordinal)];
        TypeReferences = [.. reader.TypeReferences.Select(handle => TypeUse.Of(reader, handle))];
        MemberReferences = [.. reader.MemberReferences
            .Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{TypeUse.Of(reader, (TypeReferenceHandle)member.Parent).FullName}."
                + reader.GetString(member.Name))];
    }

    /// <summary>Simple names of the referenced assemblies.</summary>
    public IReadOnlyList<string> AssemblyReferences { get; }

    /// <summary>Every type of another assembly that is named anywhere, in signatures and in bodies.</summary>
    public IReadOnlyList<TypeUse> TypeReferences { get; }

    /// <summary>Every member of a type of another assembly that is called or read, as <c>Namespace.Type.Member</c>;
    /// a property appears by its accessor. Members of constructed generic types appear by their types only.</summary>
    public IReadOnlyList<string> MemberReferences { get; }

    /// <summary>Reads the assembly in a file.</summary>
    public static AssemblyMetadata Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        return new AssemblyMetadata(image.GetMetadataReader());
    }

    /// <summary>Reads one of our own assemblies, which lies beside the tests.</summary>
    public static AssemblyMetadata ReadOurs(string name) =>
        Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    /// <summary>The referenced types that live in one of the namespaces or below it, in ordinal order.</summary>
    public IReadOnlyList<string> TypesIn(params IEnumerable<string> namespaces) => [.. TypeReferences
        .Where(type => namespaces.Any(type.IsIn))
        .Select(type => type.FullName)
        .Distinct()
        .Order(StringComparer.Ordinal)];
}

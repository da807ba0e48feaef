using System.Reflection;
using Google.Protobuf.Reflection;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>The contract as compiled into the sidecar, and as committed.</summary>
internal static class ContractFiles
{
    private const string CommittedName = "linkage.v1.binpb";

    private static readonly string[] Packages = ["google.rpc", "linkage.v1"];

    /// <summary>The files of the contract that the sidecar was compiled from, without comments.</summary>
    public static FileDescriptorSet Compiled { get; } = new()
    {
        File = { Descriptors().Select(file => FileDescriptorProto.Parser.ParseFrom(file.SerializedData)) },
    };

    /// <summary>The committed files, with comments.</summary>
    public static FileDescriptorSet Committed { get; } = FileDescriptorSet.Parser.ParseFrom(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Contract", CommittedName)));

    /// <summary>The services of the contract.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
        [.. Descriptors().SelectMany(file => file.Services)];

    /// <summary>The full names of all calls, as gRPC has them but for the slash before.</summary>
    public static IReadOnlyList<string> Rpcs { get; } =
        [.. Services.SelectMany(service => service.Methods, (service, rpc) => $"{service.FullName}/{rpc.Name}")];

    private static IEnumerable<FileDescriptor> Descriptors() => typeof(ProjectReflection).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)?.GetValue(null))
        .OfType<FileDescriptor>()
        .Where(file => Packages.Contains(file.Package))
        .OrderBy(file => file.Name, StringComparer.Ordinal);
}

using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>Something of a file that a reader expects a comment on.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Path">Its place in the file, as the source info of descriptors counts.</param>
internal sealed record ContractElement(string Name, string Path)
{
    // Field numbers of descriptor.proto, of which the paths consist.
    private const int FileMessages = 4;
    private const int FileEnums = 5;
    private const int FileServices = 6;
    private const int MessageFields = 2;
    private const int MessageNested = 3;
    private const int MessageEnums = 4;
    private const int MessageOneofs = 8;
    private const int EnumValues = 2;
    private const int ServiceMethods = 2;

    /// <summary>Everything in a file, in order; not what protoc makes up for maps and optional fields.</summary>
    public static IEnumerable<ContractElement> ListOf(FileDescriptorProto file) =>
    [
        .. file.MessageType.SelectMany((message, at) => Of(message, file.Package, $"{FileMessages},{at}")),
        .. file.EnumType.SelectMany((values, at) => Of(values, file.Package, $"{FileEnums},{at}")),
        .. file.Service.SelectMany((service, at) => Of(service, file.Package, $"{FileServices},{at}")),
    ];

    /// <summary>The comments of a file by place.</summary>
    public static IReadOnlyDictionary<string, string> CommentsOf(FileDescriptorProto file) =>
        (file.SourceCodeInfo?.Location ?? [])
            .Where(location => location.HasLeadingComments)
            .ToDictionary(location => string.Join(',', location.Path), location => location.LeadingComments.Trim());

    private static IEnumerable<ContractElement> Of(DescriptorProto message, string scope, string path)
    {
        string name = $"{scope}.{message.Name}";
        return
        [
            new(name, path),
            .. message.Field.Select((field, at) => new ContractElement(
                $"{name}.{field.Name}", $"{path},{MessageFields},{at}")),
            .. message.NestedType.Index().Where(nested => nested.Item.Options?.MapEntry != true)
                .SelectMany(nested => Of(nested.Item, name, $"{path},{MessageNested},{nested.Index}")),
            .. message.EnumType.SelectMany((values, at) => Of(values, name, $"{path},{MessageEnums},{at}")),
            .. message.OneofDecl.Index()
                .Where(oneof => !message.Field.Any(field => field.Proto3Optional && field.OneofIndex == oneof.Index))
                .Select(oneof => new ContractElement(
                    $"{name}.{oneof.Item.Name}", $"{path},{MessageOneofs},{oneof.Index}")),
        ];
    }

    private static IEnumerable<ContractElement> Of(EnumDescriptorProto values, string scope, string path) =>
    [
        new($"{scope}.{values.Name}", path),
        .. values.Value.Select((value, at) => new ContractElement(
            $"{scope}.{values.Name}.{value.Name}", $"{path},{EnumValues},{at}")),
    ];

    private static IEnumerable<ContractElement> Of(ServiceDescriptorProto service, string scope, string path) =>
    [
        new($"{scope}.{service.Name}", path),
        .. service.Method.Select((method, at) => new ContractElement(
            $"{scope}.{service.Name}/{method.Name}", $"{path},{ServiceMethods},{at}")),
    ];
}

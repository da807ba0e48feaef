using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>The messages, enums and services of a set of files by full name, nested ones too.</summary>
internal sealed class ContractIndex
{
    /// <summary>Reads the files.</summary>
    public ContractIndex(FileDescriptorSet set)
    {
        foreach (FileDescriptorProto file in set.File)
        {
            foreach (DescriptorProto message in file.MessageType)
            {
                Add($"{file.Package}.{message.Name}", message);
            }

            foreach (EnumDescriptorProto values in file.EnumType)
            {
                Enums.Add($"{file.Package}.{values.Name}", values);
            }

            foreach (ServiceDescriptorProto service in file.Service)
            {
                Services.Add($"{file.Package}.{service.Name}", service);
            }
        }
    }

    /// <summary>Messages; those that stand for a map, too.</summary>
    public SortedDictionary<string, DescriptorProto> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>Enums.</summary>
    public SortedDictionary<string, EnumDescriptorProto> Enums { get; } = new(StringComparer.Ordinal);

    /// <summary>Services.</summary>
    public SortedDictionary<string, ServiceDescriptorProto> Services { get; } = new(StringComparer.Ordinal);

    private void Add(string name, DescriptorProto message)
    {
        Messages.Add(name, message);
        foreach (DescriptorProto nested in message.NestedType)
        {
            Add($"{name}.{nested.Name}", nested);
        }

        foreach (EnumDescriptorProto values in message.EnumType)
        {
            Enums.Add($"{name}.{values.Name}", values);
        }
    }
}

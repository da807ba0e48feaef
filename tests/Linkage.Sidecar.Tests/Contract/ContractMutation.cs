using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>One change to a copy of the contract that a client in the field would suffer from.</summary>
/// <param name="Name">What was changed, as a finding names it.</param>
/// <param name="Apply">Makes the change.</param>
internal sealed record ContractMutation(string Name, Action Apply)
{
    /// <summary>The kinds of change.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "drop field", "renumber field", "retype field", "relabel field", "rename field", "drop message",
        "drop value", "renumber value", "drop enum", "drop rpc", "client streaming", "server streaming",
        "request type", "response type", "idempotency", "drop service", "move out of oneof", "json name",
    ];

    /// <summary>All changes of a kind that can be made to a set.</summary>
    public static IReadOnlyList<ContractMutation> ListOf(string kind, FileDescriptorSet set) => kind switch
    {
        "drop field" => OnFields(set, (owner, field) => owner.Field.Remove(field)),
        "renumber field" => OnFields(set, (_, field) => field.Number += 1_000),
        "retype field" => OnFields(set, (_, field) => Retype(field)),
        "relabel field" => OnFields(set, (_, field) => field.Label = OtherLabel(field)),
        "rename field" => OnFields(set, (_, field) => field.Name += "_x"),
        "json name" => OnFields(set, (_, field) => field.JsonName = "x" + field.Name),
        "move out of oneof" => OnFields(
            set, (_, field) => field.ClearOneofIndex(), field => field.HasOneofIndex && !field.Proto3Optional),
        "drop value" => OnValues(set, (owner, value) => owner.Value.Remove(value)),
        "renumber value" => OnValues(set, (_, value) => value.Number += 1_000),
        "drop rpc" => OnMethods(set, (owner, method) => owner.Method.Remove(method)),
        "client streaming" => OnMethods(set, (_, method) => method.ClientStreaming = !method.ClientStreaming),
        "server streaming" => OnMethods(set, (_, method) => method.ServerStreaming = !method.ServerStreaming),
        "request type" => OnMethods(set, (_, method) => method.InputType += "X"),
        "response type" => OnMethods(set, (_, method) => method.OutputType += "X"),
        "idempotency" => OnMethods(
            set, (_, method) => method.Options.ClearIdempotencyLevel(), method => method.Options is not null),
        "drop message" => OnTopLevel(set, file => file.MessageType, message => message.Name),
        "drop enum" => OnTopLevel(set, file => file.EnumType, values => values.Name),
        "drop service" => OnTopLevel(set, file => file.Service, service => service.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static ContractMutation[] OnFields(
        FileDescriptorSet set,
        Action<DescriptorProto, FieldDescriptorProto> change,
        Func<FieldDescriptorProto, bool>? filter = null) =>
    [
        .. from message in new ContractIndex(set).Messages
           from field in message.Value.Field
           where filter?.Invoke(field) ?? true
           select new ContractMutation($"{message.Key}.{field.Name} ", () => change(message.Value, field)),
    ];

    private static ContractMutation[] OnValues(
        FileDescriptorSet set, Action<EnumDescriptorProto, EnumValueDescriptorProto> change) =>
    [
        .. from values in new ContractIndex(set).Enums
           from value in values.Value.Value
           select new ContractMutation($"{values.Key}.{value.Name} ", () => change(values.Value, value)),
    ];

    private static ContractMutation[] OnMethods(
        FileDescriptorSet set,
        Action<ServiceDescriptorProto, MethodDescriptorProto> change,
        Func<MethodDescriptorProto, bool>? filter = null) =>
    [
        .. from service in new ContractIndex(set).Services
           from method in service.Value.Method
           where filter?.Invoke(method) ?? true
           select new ContractMutation($"{service.Key}/{method.Name} ", () => change(service.Value, method)),
    ];

    private static ContractMutation[] OnTopLevel<T>(
        FileDescriptorSet set, Func<FileDescriptorProto, RepeatedField<T>> list, Func<T, string> name) =>
    [
        .. from file in set.File
           from item in list(file)
           select new ContractMutation($"{file.Package}.{name(item)} ", () => list(file).Remove(item)),
    ];

    private static void Retype(FieldDescriptorProto field)
    {
        field.Type = field.Type == FieldDescriptorProto.Types.Type.Sint64
            ? FieldDescriptorProto.Types.Type.String
            : FieldDescriptorProto.Types.Type.Sint64;
        field.ClearTypeName();
    }

    private static FieldDescriptorProto.Types.Label OtherLabel(FieldDescriptorProto field) =>
        field.Label == FieldDescriptorProto.Types.Label.Repeated
            ? FieldDescriptorProto.Types.Label.Optional
            : FieldDescriptorProto.Types.Label.Repeated;
}

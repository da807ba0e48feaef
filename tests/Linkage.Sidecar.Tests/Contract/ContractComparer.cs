using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>Finds what a client that was made for an earlier contract would miss or misread in a later one.</summary>
internal static class ContractComparer
{
    /// <summary>Everything that breaks such a client, a line each; nothing if the later one only adds.</summary>
    public static IReadOnlyList<string> FindBreaks(FileDescriptorSet earlier, FileDescriptorSet later)
    {
        ContractIndex before = new(earlier);
        ContractIndex after = new(later);
        return
        [
            .. CompareAll("message", before.Messages, after.Messages, CompareMessages),
            .. CompareAll("enum", before.Enums, after.Enums, CompareEnums),
            .. CompareAll("service", before.Services, after.Services, CompareServices),
        ];
    }

    private static IEnumerable<string> CompareAll<T>(
        string kind,
        SortedDictionary<string, T> before,
        SortedDictionary<string, T> after,
        Func<string, T, T, IEnumerable<string>> compare)
        where T : class =>
        before.SelectMany(pair => after.TryGetValue(pair.Key, out T? now)
            ? compare(pair.Key, pair.Value, now)
            : [$"{kind} {pair.Key} was removed"]);

    private static IEnumerable<string> CompareMessages(string name, DescriptorProto before, DescriptorProto after)
    {
        foreach (FieldDescriptorProto field in before.Field)
        {
            FieldDescriptorProto? sameName = after.Field.FirstOrDefault(other => other.Name == field.Name);
            FieldDescriptorProto? sameNumber = after.Field.FirstOrDefault(other => other.Number == field.Number);
            if (sameName is null)
            {
                yield return sameNumber is null
                    ? $"field {name}.{field.Name} was removed"
                    : $"field {name}.{field.Name} was renamed to {sameNumber.Name}";
            }
            else if (sameName.Number != field.Number)
            {
                yield return $"field {name}.{field.Name} was renumbered from {field.Number} to {sameName.Number}";
            }

            foreach (string change in CompareFields(before, field, after, sameName ?? sameNumber))
            {
                yield return $"field {name}.{field.Name} {change}";
            }
        }

        foreach (DescriptorProto.Types.ReservedRange range in before.ReservedRange.Where(
            range => !after.ReservedRange.Any(other => other.Start <= range.Start && other.End >= range.End)))
        {
            yield return $"message {name} no longer reserves {range.Start} to {range.End - 1}";
        }
    }

    private static IEnumerable<string> CompareFields(
        DescriptorProto beforeOwner,
        FieldDescriptorProto before,
        DescriptorProto afterOwner,
        FieldDescriptorProto? after)
    {
        if (after is null)
        {
            yield break;
        }

        if (before.Type != after.Type || before.TypeName != after.TypeName)
        {
            yield return $"changed its type from {TypeOf(before)} to {TypeOf(after)}";
        }

        if (before.Label != after.Label || before.Proto3Optional != after.Proto3Optional)
        {
            yield return $"changed its label from {LabelOf(before)} to {LabelOf(after)}";
        }

        if (OneofOf(beforeOwner, before) != OneofOf(afterOwner, after))
        {
            yield return "changed its oneof";
        }

        if (JsonNameOf(before) != JsonNameOf(after))
        {
            yield return "changed its name in JSON";
        }
    }

    private static IEnumerable<string> CompareEnums(
        string name, EnumDescriptorProto before, EnumDescriptorProto after)
    {
        foreach (EnumValueDescriptorProto value in before.Value)
        {
            EnumValueDescriptorProto? now = after.Value.FirstOrDefault(other => other.Name == value.Name);
            if (now is null)
            {
                yield return $"enum value {name}.{value.Name} was removed";
            }
            else if (now.Number != value.Number)
            {
                yield return $"enum value {name}.{value.Name} was renumbered from {value.Number} to {now.Number}";
            }
        }
    }

    private static IEnumerable<string> CompareServices(
        string name, ServiceDescriptorProto before, ServiceDescriptorProto after)
    {
        foreach (MethodDescriptorProto method in before.Method)
        {
            MethodDescriptorProto? now = after.Method.FirstOrDefault(other => other.Name == method.Name);
            IEnumerable<string> changes = now is null ? ["was removed"] : CompareMethods(method, now);
            foreach (string change in changes)
            {
                yield return $"rpc {name}/{method.Name} {change}";
            }
        }
    }

    private static IEnumerable<string> CompareMethods(MethodDescriptorProto before, MethodDescriptorProto after)
    {
        if (before.InputType != after.InputType)
        {
            yield return $"changed its request from {before.InputType} to {after.InputType}";
        }

        if (before.OutputType != after.OutputType)
        {
            yield return $"changed its response from {before.OutputType} to {after.OutputType}";
        }

        if (before.ClientStreaming != after.ClientStreaming)
        {
            yield return "changed whether the client streams";
        }

        if (before.ServerStreaming != after.ServerStreaming)
        {
            yield return "changed whether the server streams";
        }

        // A client may repeat a call, or make it by GET, because of what the contract said of it.
        if (LevelOf(before) != LevelOf(after)
            && LevelOf(before) != MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown)
        {
            yield return $"changed its idempotency from {LevelOf(before)} to {LevelOf(after)}";
        }
    }

    private static MethodOptions.Types.IdempotencyLevel LevelOf(MethodDescriptorProto method) =>
        method.Options?.IdempotencyLevel ?? MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown;

    private static string TypeOf(FieldDescriptorProto field) =>
        field.HasTypeName ? field.TypeName : field.Type.ToString();

    private static string LabelOf(FieldDescriptorProto field) =>
        field.Proto3Optional ? "explicitly optional" : field.Label.ToString();

    // Compiled descriptors leave out a name that is the usual one: "page_size" becomes "pageSize".
    private static string JsonNameOf(FieldDescriptorProto field) => field.HasJsonName
        ? field.JsonName
        : string.Concat(field.Name.Split('_').Select((part, at) =>
            at == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static string OneofOf(DescriptorProto owner, FieldDescriptorProto field) =>
        field.HasOneofIndex && !field.Proto3Optional ? owner.OneofDecl[field.OneofIndex].Name : string.Empty;
}

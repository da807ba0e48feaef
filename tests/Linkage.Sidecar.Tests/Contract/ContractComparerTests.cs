using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>The laws of the comparison: it finds every change of the kinds that matter, and no other.</summary>
public sealed class ContractComparerTests
{
    public static TheoryData<string> MutationKinds => [.. ContractMutation.Kinds];

    [Fact]
    public void FindBreaks_Itself_FindsNothing()
    {
        Assert.Empty(ContractComparer.FindBreaks(ContractFiles.Compiled, ContractFiles.Compiled.Clone()));
        Assert.Empty(ContractComparer.FindBreaks(ContractFiles.Committed, ContractFiles.Committed.Clone()));
    }

    [Theory]
    [MemberData(nameof(MutationKinds))]
    public void FindBreaks_OneChange_NamesIt(string kind)
    {
        int sites = ContractMutation.ListOf(kind, ContractFiles.Compiled).Count;
        Assert.NotEqual(0, sites);

        Prop.ForAll(Gen.Choose(0, sites - 1).ToArbitrary(), site =>
        {
            FileDescriptorSet changed = ContractFiles.Compiled.Clone();
            ContractMutation mutation = ContractMutation.ListOf(kind, changed)[site];
            mutation.Apply();

            IReadOnlyList<string> breaks = ContractComparer.FindBreaks(ContractFiles.Compiled, changed);

            return breaks.Any(finding => finding.Contains(mutation.Name, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FindBreaks_SeveralChanges_FindsOneAtLeast() =>
        Prop.ForAll(
            Gen.Elements(ContractMutation.Kinds.ToArray()).NonEmptyListOf().ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (kinds, pick) =>
            {
                FileDescriptorSet changed = ContractFiles.Compiled.Clone();
                foreach (string kind in kinds.Distinct())
                {
                    IReadOnlyList<ContractMutation> sites = ContractMutation.ListOf(kind, changed);
                    sites[pick % sites.Count].Apply();
                }

                return ContractComparer.FindBreaks(ContractFiles.Compiled, changed).Count > 0;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindBreaks_Additions_FindsNothing()
    {
        FileDescriptorSet changed = ContractFiles.Compiled.Clone();
        ContractIndex index = new(changed);
        foreach (DescriptorProto message in index.Messages.Values)
        {
            message.Field.Add(new FieldDescriptorProto
            {
                Name = "added",
                Number = 10_000,
                Type = FieldDescriptorProto.Types.Type.String,
                Label = FieldDescriptorProto.Types.Label.Optional,
            });
            message.NestedType.Add(new DescriptorProto { Name = "Added" });
        }

        foreach (EnumDescriptorProto values in index.Enums.Values)
        {
            values.Value.Add(new EnumValueDescriptorProto { Name = "ADDED", Number = 10_000 });
        }

        foreach (ServiceDescriptorProto service in index.Services.Values)
        {
            service.Method.Add(new MethodDescriptorProto { Name = "Added", InputType = ".a.B", OutputType = ".a.C" });
        }

        changed.File.Add(new FileDescriptorProto { Name = "added.proto", Package = "linkage.v1" });

        Assert.Empty(ContractComparer.FindBreaks(ContractFiles.Compiled, changed));
    }

    [Fact]
    public void FindBreaks_ReservedNumberReleased_IsFound()
    {
        FileDescriptorSet before = ContractFiles.Compiled.Clone();
        before.File[0].MessageType[0].ReservedRange.Add(
            new DescriptorProto.Types.ReservedRange { Start = 500, End = 501 });

        string finding = Assert.Single(ContractComparer.FindBreaks(before, ContractFiles.Compiled));

        Assert.EndsWith("no longer reserves 500 to 500", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void FindBreaks_MessageMovedToAnotherFile_FindsNothing()
    {
        FileDescriptorSet changed = ContractFiles.Compiled.Clone();
        FileDescriptorProto[] files = [.. changed.File.Where(file => file.Package == "linkage.v1").Take(2)];
        DescriptorProto moved = files[0].MessageType[0];
        files[0].MessageType.RemoveAt(0);
        files[1].MessageType.Add(moved);

        Assert.Empty(ContractComparer.FindBreaks(ContractFiles.Compiled, changed));
    }
}

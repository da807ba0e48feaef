using Linkage.Sidecar.Services;
using Linkage.Sidecar.Tests.Contract;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services;

public sealed class AccessTableTests
{
    private static readonly string[] Results =
    [
        "StreamOwnLinks", "StreamGroups", "StreamPairs", "StreamPermutation", "GetCounts", "GetReport",
    ];

    [Fact]
    public void Rows_PageOfDocumentation_SaysTheSame()
    {
        Assert.Equal(Sorted(AccessTable.Rows), Sorted(AccessPage.Rows()));
    }

    [Fact]
    public void Rules_PageOfDocumentation_SaysTheSame()
    {
        Assert.Equal(
            Enum.GetValues<AccessRule>()
                .Select(rule => (AccessRules.Name(rule), AccessRules.Sentence(rule)))
                .Order(),
            AccessPage.Rules().Order());
    }

    [Fact]
    public void OpenServices_PageOfDocumentation_SaysTheSame()
    {
        Assert.Equal(AccessTable.OpenServices, AccessPage.OpenServices());
    }

    [Fact]
    public void Rows_EveryRpcAndRole_HasExactlyOne()
    {
        IEnumerable<(string, AccessRole)> expected =
            from rpc in ContractFiles.Rpcs
            from role in Enum.GetValues<AccessRole>()
            select (rpc, role);

        Assert.Equal(expected.Order(), AccessTable.Rows.Select(row => (row.Rpc, row.Role)).Order());
    }

    [Fact]
    public void Rows_Anonymous_AllowNothing()
    {
        Assert.All(AccessTable.Rows.Where(row => row.Role == AccessRole.Anonymous), row =>
        {
            Assert.False(row.IsEverAllowed);
            Assert.Equal(AccessRule.NotIdentified, row.Rule);
        });
    }

    [Fact]
    public void Rows_Results_AreForPartyAndAnalystInStateLinkedOnly()
    {
        AccessRow[] rows =
        [
            .. AccessTable.Rows.Where(row => Results.Any(
                name => row.Rpc.EndsWith($"/{name}", StringComparison.Ordinal))),
        ];

        Assert.Equal(Results.Length * Enum.GetValues<AccessRole>().Length, rows.Length);
        Assert.All(rows, row => Assert.True(row.States is AccessStates.None or AccessStates.Linked));
        Assert.All(
            rows.Where(row => row.IsEverAllowed),
            row => Assert.Contains(row.Role, new[] { AccessRole.Party, AccessRole.Analyst }));
    }

    [Fact]
    public void Rows_PlaintextSide_IsForTheOwnerOnly()
    {
        Assert.All(
            AccessTable.Rows.Where(row => row.Rpc.Contains(".EncodingService/", StringComparison.Ordinal)),
            row => Assert.Equal(row.Role == AccessRole.Party, row.IsEverAllowed));
    }

    [Fact]
    public void Rows_CallThatChanges_IsClosedToTheAuditorButForItsTokens()
    {
        IEnumerable<string> changing =
            from row in AccessTable.Rows
            where row.Role == AccessRole.Auditor && row.IsEverAllowed
            let name = row.Rpc[(row.Rpc.IndexOf('/', StringComparison.Ordinal) + 1)..]
            where !name.StartsWith("Get", StringComparison.Ordinal)
                && !name.StartsWith("List", StringComparison.Ordinal)
                && !name.StartsWith("Watch", StringComparison.Ordinal)
                && name is not ("StreamEntries" or "SummarizeDisclosures")
            select name;

        Assert.Equal(["IssueToken", "RevokeToken"], changing);
    }

    [Fact]
    public void Rows_RuleAndStates_AgreeOnWhetherItIsAllowed()
    {
        Assert.All(AccessTable.Rows, row => Assert.Equal(row.Rule >= AccessRule.OwnProcess, row.IsEverAllowed));
        Assert.All(AccessTable.Rows, row => Assert.True(
            row.States == AccessStates.NoProject || !row.Allows(AccessStates.NoProject)));
    }

    [Theory]
    [InlineData("linkage.v1.LinkageService/StreamOwnLinks")]
    [InlineData("/linkage.v1.LinkageService/StreamOwnLinks")]
    public void Find_NameWithOrWithoutSlash_IsFound(string rpc)
    {
        AccessRow row = AccessTable.Find(rpc, AccessRole.Party);

        Assert.True(row.Allows(AccessStates.Linked));
        Assert.False(row.Allows(AccessStates.Linking));
        Assert.False(row.Allows(AccessStates.None));
    }

    [Theory]
    [InlineData("linkage.v1.LinkageService/Unheard")]
    [InlineData("linkage.v1.linkageservice/streamownlinks")]
    [InlineData("//linkage.v1.LinkageService/StreamOwnLinks")]
    [InlineData("")]
    public void Find_UnknownCall_IsDenied(string rpc)
    {
        Assert.All(Enum.GetValues<AccessRole>(), role =>
        {
            AccessRow row = AccessTable.Find(rpc, role);

            Assert.False(row.IsEverAllowed);
            Assert.Equal(AccessRule.Unlisted, row.Rule);
        });
    }

    [Fact]
    public void StateOf_EveryState_HasItsOwn()
    {
        AccessStates[] states =
        [
            .. Enum.GetValues<ProjectState>().Where(state => state != ProjectState.Unspecified)
                .Select(AccessTable.StateOf),
        ];

        Assert.DoesNotContain(AccessStates.None, states);
        Assert.Equal(states.Length, states.Distinct().Count());
        Assert.Equal(AccessStates.Every, states.Aggregate((all, state) => all | state));
        Assert.Equal(AccessStates.None, AccessTable.StateOf(ProjectState.Unspecified));
        Assert.Equal(AccessStates.None, AccessTable.StateOf((ProjectState)99));
    }

    private static IEnumerable<string> Sorted(IEnumerable<AccessRow> rows) =>
        rows.Select(row => $"{row.Rpc} {row.Role} {row.States} {row.Rule}").Order(StringComparer.Ordinal);
}

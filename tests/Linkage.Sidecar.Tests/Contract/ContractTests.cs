using Google.Protobuf.Reflection;

namespace Linkage.Sidecar.Tests.Contract;

/// <summary>The contract keeps what it promised, and says what everything means.</summary>
public sealed class ContractTests
{
    private const string KeyField = "idempotency_key";

    [Fact]
    public void Contract_HeldAgainstTheCommittedOne_BreaksNothing()
    {
        IReadOnlyList<string> breaks = ContractComparer.FindBreaks(ContractFiles.Committed, ContractFiles.Compiled);

        Fail(breaks, "Changes that break clients in the field:");
    }

    [Fact]
    public void Contract_EveryElement_HasAComment()
    {
        Dictionary<string, string> comments = ContractFiles.Committed.File
            .SelectMany(file => Commented(file))
            .ToDictionary(pair => pair.Name, pair => pair.Comment, StringComparer.Ordinal);

        IEnumerable<string> bare =
            from file in ContractFiles.Compiled.File
            from element in ContractElement.ListOf(file)
            where !comments.TryGetValue(element.Name, out string? comment) || comment.Length == 0
            select element.Name;

        Fail(bare, "Without a comment, or new and not yet committed by Contract/update-descriptors.sh:");
    }

    [Fact]
    public void Contract_EveryComment_EndsLikeASentence()
    {
        IEnumerable<string> findings =
            from file in ContractFiles.Committed.File
            from element in Commented(file)
            where !element.Comment.EndsWith('.')
            select element.Name;

        Fail(findings, "Comments without a full stop:");
    }

    [Fact]
    public void Contract_EveryRpcThatIsNotRepeatable_HasAnIdempotencyKey()
    {
        IEnumerable<string> findings =
            from service in ContractFiles.Services
            from rpc in service.Methods
            where !IsRepeatable(rpc) && !HasKey(rpc.InputType)
            select rpc.FullName;

        Fail(findings, "Calls that cannot be repeated safely:");
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Invite")]
    [InlineData("Propose")]
    [InlineData("Begin")]
    [InlineData("Issue")]
    [InlineData("StartRun")]
    [InlineData("Encode")]
    [InlineData("UploadEncoded")]
    public void Contract_CallThatCreates_HasAnIdempotencyKey(string start)
    {
        MethodDescriptor[] creating =
        [
            .. ContractFiles.Services.SelectMany(service => service.Methods)
                .Where(rpc => rpc.Name.StartsWith(start, StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(creating);
        Assert.All(creating, rpc => Assert.True(HasKey(rpc.InputType), rpc.FullName));
        Assert.All(creating, rpc => Assert.False(IsRepeatable(rpc), rpc.FullName));
    }

    [Fact]
    public void Contract_EveryList_IsPaged()
    {
        MethodDescriptor[] lists =
        [
            .. ContractFiles.Services.SelectMany(service => service.Methods)
                .Where(rpc => rpc.Name.StartsWith("List", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(lists);
        Assert.All(lists, rpc =>
        {
            Assert.NotNull(rpc.InputType.FindFieldByName("page_size"));

            // What is numbered for ever goes on from a number; all else from a token.
            bool isNumbered = rpc.InputType.FindFieldByName("after_sequence") is not null;
            Assert.NotNull(rpc.InputType.FindFieldByName(isNumbered ? "after_sequence" : "page_token"));
            Assert.NotNull(rpc.OutputType.FindFieldByName(isNumbered ? "more" : "next_page_token"));
        });
    }

    [Fact]
    public void Contract_EveryStreamFromTheUnit_CanBeTakenUpAgain()
    {
        IEnumerable<string> findings =
            from service in ContractFiles.Services
            from rpc in service.Methods
            where rpc.IsServerStreaming && !rpc.IsClientStreaming && rpc.Name != "UploadEncoded"
            where rpc.InputType.FindFieldByName("start_position") is null
                && rpc.InputType.FindFieldByName("after_sequence") is null
            select rpc.FullName;

        Fail(findings, "Streams that cannot be taken up again:");
    }

    [Fact]
    public void Contract_EveryEnum_BeginsWithAnUnspecifiedZero()
    {
        IEnumerable<string> findings =
            from pair in new ContractIndex(ContractFiles.Compiled).Enums
            let first = pair.Value.Value[0]
            where first.Number != 0 || !first.Name.EndsWith("_UNSPECIFIED", StringComparison.Ordinal)
            select pair.Key;

        Fail(findings, "Enums whose default says something:");
    }

    private static IEnumerable<(string Name, string Comment)> Commented(FileDescriptorProto file)
    {
        IReadOnlyDictionary<string, string> comments = ContractElement.CommentsOf(file);
        return from element in ContractElement.ListOf(file)
               where comments.ContainsKey(element.Path)
               select (element.Name, comments[element.Path]);
    }

    private static bool IsRepeatable(MethodDescriptor rpc) =>
        (rpc.ToProto().Options?.IdempotencyLevel ?? MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown)
            != MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown;

    // A stream carries the key in its first message, which is one of its request's parts.
    private static bool HasKey(MessageDescriptor request) =>
        request.FindFieldByName(KeyField) is not null
        || request.Fields.InDeclarationOrder().Any(part =>
            part.Name == "start" && part.MessageType.FindFieldByName(KeyField) is not null);

    private static void Fail(IEnumerable<string> findings, string heading)
    {
        string[] found = [.. findings];
        Assert.True(found.Length == 0, string.Join('\n', [heading, .. found]));
    }
}

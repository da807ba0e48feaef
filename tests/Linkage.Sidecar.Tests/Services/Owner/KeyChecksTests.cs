using Grpc.Core;
using Linkage.Bloom.Keys;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class KeyChecksTests : IDisposable
{
    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KeyCheck_SameKeyOnBothSides_IsFoundTheSameByBoth()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        (FinishKeyCheckResponse first, FinishKeyCheckResponse second) = await CheckAsync(host, OwnerFolder.KeyName);

        Assert.True(first.Same);
        Assert.True(second.Same);
        Assert.Single(first.Findings);
        Assert.Empty(second.ConfirmationText);
    }

    [Fact]
    public async Task KeyCheck_OtherKeyAtThePeer_IsFoundByBoth()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using LinkageKey other = LinkageKey.Generate("people");
        other.Save(Path.Join(_folder.Directories.Keys, "other.key"));

        (FinishKeyCheckResponse first, FinishKeyCheckResponse second) = await CheckAsync(host, "other.key");

        Assert.False(first.Same);
        Assert.False(second.Same);
        Assert.NotEmpty(first.Findings);
    }

    [Fact]
    public async Task AnswerKeyCheck_TextThatIsNone_NamesTheField()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        RpcException failure = await OwnerCalls.FailureAsync(() => host.Client.AnswerKeyCheckAsync(
            new AnswerKeyCheckRequest { Schema = OwnerFolder.SchemaName, Key = OwnerFolder.KeyName, StartText = "Quill" })
            .ResponseAsync);

        Assert.Equal("start_text", OwnerCalls.FieldOf(failure));
        Assert.DoesNotContain("Quill", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartKeyCheck_FileThatIsNoKey_IsUnusableAndNotQuoted()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        string path = Path.Join(_folder.Directories.Keys, "broken.key");
        File.Copy(Path.Join(_folder.Directories.Keys, OwnerFolder.KeyName), path);
        File.AppendAllText(path, "Quillfeather");

        RpcException failure = await OwnerCalls.FailureAsync(() => host.Client.StartKeyCheckAsync(
            new StartKeyCheckRequest { Schema = OwnerFolder.SchemaName, Key = "broken.key" }).ResponseAsync);

        Assert.Equal("OWNER_FILE_UNUSABLE", OwnerCalls.ReasonOf(failure));
        Assert.DoesNotContain("Quillfeather", OwnerCalls.DetailsOf(failure).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListSchemas_PageByPage_ListsEverySchemaOnceAndNothingElse()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        OwnerFolder.Schema.Save(Path.Join(_folder.Directories.Schemas, "b.json"));
        OwnerFolder.Schema.Save(Path.Join(_folder.Directories.Schemas, "a.json"));
        await File.WriteAllTextAsync(Path.Join(_folder.Directories.Schemas, "notes.txt"), "no schema");
        List<string> names = [];
        string token = string.Empty;
        do
        {
            ListSchemasResponse page = await host.Client.ListSchemasAsync(
                new ListSchemasRequest { PageSize = 2, PageToken = token });
            names.AddRange(page.Schemas.Select(schema => schema.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(["a.json", "b.json", OwnerFolder.SchemaName], names);
    }

    [Fact]
    public async Task GetSchema_Existing_GivesTextAndFingerprints()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        GetSchemaResponse answer = await host.Client.GetSchemaAsync(
            new GetSchemaRequest { Name = OwnerFolder.SchemaName });

        Assert.Equal(OwnerFolder.Schema.EncodingFingerprint, answer.Schema.EncodingFingerprint);
        Assert.Equal(OwnerFolder.Schema.LinkageFingerprint, answer.Schema.LinkageFingerprint);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Join(_folder.Directories.Schemas, OwnerFolder.SchemaName)), answer.Text);
    }

    private static async Task<(FinishKeyCheckResponse First, FinishKeyCheckResponse Second)> CheckAsync(
        OwnerHost host, string peerKey)
    {
        const string Schema = OwnerFolder.SchemaName;
        const string Key = OwnerFolder.KeyName;
        StartKeyCheckResponse start = await host.Client.StartKeyCheckAsync(
            new StartKeyCheckRequest { Schema = Schema, Key = Key });
        AnswerKeyCheckResponse answer = await host.Client.AnswerKeyCheckAsync(
            new AnswerKeyCheckRequest { Schema = Schema, Key = peerKey, StartText = start.StartText });
        FinishKeyCheckRequest finish = new()
        {
            Schema = Schema,
            Key = Key,
            StartText = start.StartText,
            AnswerText = answer.AnswerText,
        };
        FinishKeyCheckResponse first = await host.Client.FinishKeyCheckAsync(finish);
        FinishKeyCheckResponse second = await host.Client.FinishKeyCheckAsync(
            new FinishKeyCheckRequest(finish) { Key = peerKey, ConfirmationText = first.ConfirmationText });
        return (first, second);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class ResolveTests : IDisposable
{
    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resolve_LinksOfTheUnit_GivesSourceIdsInTheOrderAsked()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 20));
        (string Handle, string Id)[] known =
            [.. _folder.ReadMap(OwnerCalls.MapName).Select(entry => (entry.Key, entry.Value)).Reverse()];

        List<ResolvedLink> found = await ResolveAsync(
            host, Request(OwnerCalls.MapName, known[..7]), Request(string.Empty, known[7..]));

        Assert.Equal(known.Select(entry => entry.Id), found.Select(link => link.SourceId));
        Assert.Equal(known.Select(entry => LinkIdOf(entry.Handle)), found.Select(link => link.LinkId));
    }

    [Fact]
    public async Task Resolve_HandleThatTheMapDoesNotHave_NamesItsPlace()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 2));

        RpcException failure = await OwnerCalls.FailureAsync(
            () => ResolveAsync(host, Request(OwnerCalls.MapName, (new string('0', 32), string.Empty))));

        Assert.Equal("links[0].handle", OwnerCalls.FieldOf(failure));
    }

    [Fact]
    public void Load_MapOfAnySourceIds_FindsEachOfThem()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString[]>(), texts =>
        {
            // What protobuf can carry: no halves of characters; and ids as the intake takes them.
            string[] ids =
            [
                .. texts.Select(text => text.Get).Append("a\"b,c\r\nd").Append("\"")
                    .Where(id => !string.IsNullOrWhiteSpace(id) && !id.Any(char.IsSurrogate))
                    .Distinct(StringComparer.Ordinal),
            ];
            string[] handles = Write(ids);

            SourceMap map = SourceMap.Load(_folder.PathInOutput(OwnerCalls.MapName), CancellationToken.None);

            return handles.Select(map.Find).ToHashSet().SetEquals(ids);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("id,handle\n")]
    [InlineData("handle,source_id\n0123,a\n")]
    [InlineData("handle,source_id\n00112233445566778899aabbccddeeff,\n")]
    [InlineData("handle,source_id\n00112233445566778899aabbccddeeff,\"a\n")]
    [InlineData("handle,source_id\n00112233445566778899aabbccddeeff,\"a\"b\n")]
    [InlineData("handle,source_id\n00112233445566778899AABBCCDDEEFF,a\n")]
    [InlineData("handle,source_id\n00112233445566778899aabbccddeeff,a\n00112233445566778899aabbccddeeff,b\n")]
    public void Load_MalformedMap_IsRefused(string text)
    {
        File.WriteAllText(_folder.PathInOutput(OwnerCalls.MapName), text);

        RpcException failure = Assert.Throws<RpcException>(
            () => SourceMap.Load(_folder.PathInOutput(OwnerCalls.MapName), CancellationToken.None));

        Assert.Equal("OWNER_FILE_UNUSABLE", OwnerCalls.ReasonOf(failure));
    }

    private static string LinkIdOf(string handle) => new([.. handle.Reverse()]);

    private static ResolveRequest Request(string map, params (string Handle, string Id)[] entries)
    {
        ResolveRequest request = new() { MapFileName = map };
        request.Links.Add(entries.Select(
            entry => new OwnLink { Handle = entry.Handle, LinkId = LinkIdOf(entry.Handle) }));
        return request;
    }

    private static async Task<List<ResolvedLink>> ResolveAsync(OwnerHost host, params ResolveRequest[] requests)
    {
        using AsyncDuplexStreamingCall<ResolveRequest, ResolveResponse> call = host.Client.Resolve();
        foreach (ResolveRequest request in requests)
        {
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        List<ResolvedLink> links = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            links.AddRange(call.ResponseStream.Current.Links);
        }

        return links;
    }

    // By the library's own writer; the handles of all records.
    private string[] Write(string[] ids)
    {
        string path = _folder.PathInOutput(OwnerCalls.FileName);
        using RecordEncoder encoder = new(OwnerFolder.Schema, _folder.Key, "health");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(
            path, _folder.PathInOutput(OwnerCalls.MapName), encoder))
        {
            foreach (string id in ids)
            {
                writer.Add(id, "a", "b", "c", "d");
            }

            writer.Complete();
        }

        using EncodedFile file = EncodedFile.Open(path);
        return [.. Enumerable.Range(0, ids.Length).Select(i => Convert.ToHexStringLower(file.Merge.Handle(i)))];
    }
}

using Grpc.Core;
using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class EncodeTests : IDisposable
{
    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encode_NamedRecordsOverLoopback_WritesFileAndMapForTheOwnerAlone()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        EncodedFileSummary file = await OwnerCalls.EncodeAsync(
            host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 30), OwnerCalls.Records(30, 20));

        Assert.Equal(
            (OwnerCalls.FileName, OwnerCalls.MapName, 50), (file.FileName, file.MapFileName, file.RecordCount));
        using EncodedFile written = EncodedFile.Open(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal((50, "health", file.Size), (written.Header.RecordCount, written.Header.Party, written.Length));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"id{i}"),
            _folder.ReadMap(OwnerCalls.MapName).Values);
        Assert.Equal(FileRules.OwnerFile, FileModes.Of(_folder.PathInOutput(OwnerCalls.MapName)));
        Assert.Equal(FileRules.OwnerFile, FileModes.Of(_folder.PathInOutput(OwnerCalls.FileName)));
        Assert.DoesNotContain(_folder.OutputNames(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Encode_PositionalValuesOverUnixSocket_CountsWhatIsMissing()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        start.ValueNames.Add(["born", "family"]);
        EncodeRecords records = new();
        records.Records.Add(new SourceRecord { SourceId = "a", Values = { "1970-02-30", "Karst" } });
        records.Records.Add(new SourceRecord { SourceId = "b", Values = { string.Empty, "Moor" } });

        EncodedFileSummary file = await OwnerCalls.EncodeAsync(host.UnixClient, start, records);

        Assert.Equal(
            [("given", 2), ("family", 0), ("born", 1), ("number", 2)],
            file.Missing.Select(missing => (missing.Field, missing.Records)));
        Assert.Equal([0L, 0L, 1L, 0L], file.Missing.Select(missing => missing.InvalidDates));
        using EncodedFile written = EncodedFile.Open(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal(1, written.Header.Fields[2].InvalidDates);
    }

    [Fact]
    public async Task Encode_RecordsThatLibraryEncodesToo_LinkToTheSamePairs()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 300));
        EncodeDirectly("direct", "health", 0, 300);
        EncodeDirectly("benefits", "benefits", 100, 300);

        string[] byService = PairsOf("health", "benefits");
        string[] byLibrary = PairsOf("direct", "benefits");

        Assert.True(byLibrary.Length >= 200);
        Assert.Equal(byLibrary, byService);
    }

    [Fact]
    public async Task Encode_StreamWithoutFinish_LeavesNothing()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using AsyncClientStreamingCall<EncodeRequest, EncodeResponse> call = host.Client.Encode();
        await call.RequestStream.WriteAsync(new EncodeRequest { Start = OwnerCalls.Start() });
        await call.RequestStream.WriteAsync(new EncodeRequest { Records = OwnerCalls.Records(0, 5) });
        await call.RequestStream.CompleteAsync();

        RpcException failure = await OwnerCalls.FailureAsync(() => call.ResponseAsync);

        Assert.Equal(
            (StatusCode.FailedPrecondition, "RECORD_COUNT_DIFFERS"),
            (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Empty(_folder.OutputNames());
    }

    [Fact]
    public async Task Encode_CallCancelled_LeavesNothing()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using (AsyncClientStreamingCall<EncodeRequest, EncodeResponse> call = host.Client.Encode())
        {
            await call.RequestStream.WriteAsync(new EncodeRequest { Start = OwnerCalls.Start() });
            await call.RequestStream.WriteAsync(new EncodeRequest { Records = OwnerCalls.Records(0, 5) });
            await Waiting.UntilAsync(() => _folder.OutputNames().Count > 0);
        }

        await Waiting.UntilAsync(() => _folder.OutputNames().Count == 0);
    }

    [Fact]
    public async Task Encode_FewerRecordsThanAnnounced_IsRefusedAndLeavesNothing()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using AsyncClientStreamingCall<EncodeRequest, EncodeResponse> call = host.Client.Encode();
        await call.RequestStream.WriteAsync(new EncodeRequest { Start = OwnerCalls.Start() });
        await call.RequestStream.WriteAsync(new EncodeRequest { Records = OwnerCalls.Records(0, 5) });
        await call.RequestStream.WriteAsync(new EncodeRequest { Finish = new EncodeFinish { RecordCount = 6 } });

        RpcException failure = await OwnerCalls.FailureAsync(() => call.ResponseAsync);

        Assert.Equal("RECORD_COUNT_DIFFERS", OwnerCalls.ReasonOf(failure));
        Assert.Empty(_folder.OutputNames());
    }

    [Fact]
    public async Task Encode_SourceIdOfEarlierRecord_NamesRecordAndFieldOnly()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeRecords records = OwnerCalls.Records(0, 3);
        records.Records[2].SourceId = records.Records[0].SourceId;

        RpcException failure = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), records));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("Record 2 has the source id of a record before it.", failure.Status.Detail);
        Assert.Equal("records.records[2].source_id", OwnerCalls.FieldOf(failure));
        Assert.Empty(_folder.OutputNames());
    }

    [Fact]
    public async Task Encode_UnknownFieldName_IsRefusedWithoutRepeatingIt()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeRecords records = OwnerCalls.Records(0, 2);
        records.Records[1].Fields["Quillfeather"] = "x";

        RpcException failure = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), records));

        Assert.Equal("records.records[1].fields", OwnerCalls.FieldOf(failure));
        Assert.DoesNotContain("Quillfeather", OwnerCalls.DetailsOf(failure).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_RepeatedAfterSuccess_AnswersWithTheFileThatIsThere()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        EncodedFileSummary first = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 5));

        EncodedFileSummary second = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 5));

        Assert.Equal(first, second); // handles are random, so a second encoding would have another checksum
    }

    [Fact]
    public async Task Encode_RepeatedAfterOnlyTheMapWasReplaced_MakesBothAnew()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        EncodedFileSummary first = await _folder.EncodeHalfReplacedAsync(host.Client, start);

        EncodedFileSummary second = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10));

        Assert.NotEqual(first.Sha256, second.Sha256);
        using EncodedFile written = EncodedFile.Open(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => Convert.ToHexStringLower(written.Merge.Handle(i))),
            _folder.ReadMap(OwnerCalls.MapName).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Encode_KeyOfAnotherRequest_IsRefused()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 5));

        RpcException failure = await OwnerCalls.FailureAsync(() => OwnerCalls.EncodeAsync(
            host.Client, new EncodeStart(start) { Party = "benefits" }, OwnerCalls.Records(0, 5)));

        Assert.Equal(
            (StatusCode.AlreadyExists, "IDEMPOTENCY_KEY_REUSED"),
            (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
    }

    [Fact]
    public async Task Encode_NameThatAnotherCallIsWriting_IsRefused()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using AsyncClientStreamingCall<EncodeRequest, EncodeResponse> other = host.Client.Encode();
        await other.RequestStream.WriteAsync(new EncodeRequest { Start = OwnerCalls.Start() });
        await Waiting.UntilAsync(() => _folder.OutputNames().Count > 0);

        RpcException failure = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 5)));

        Assert.Equal((StatusCode.Aborted, "CHANGED_MEANWHILE"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
    }

    private void EncodeDirectly(string name, string party, int first, int count)
    {
        using RecordEncoder encoder = new(OwnerFolder.Schema, _folder.Key, party);
        using EncodedFileWriter writer = EncodedFileWriter.Create(
            _folder.PathInOutput($"{name}.lke"), _folder.PathInOutput($"{name}.map.csv"), encoder);
        for (int i = first; i < first + count; i++)
        {
            writer.Add($"id{i}", OwnerFolder.Person(i));
        }

        writer.Complete();
    }

    private string[] PairsOf(string left, string right)
    {
        using EncodedFile leftFile = EncodedFile.Open(_folder.PathInOutput($"{left}.lke"));
        using EncodedFile rightFile = EncodedFile.Open(_folder.PathInOutput($"{right}.lke"));
        Dictionary<string, string> ids = _folder.ReadMap($"{left}.map.csv")
            .Concat(_folder.ReadMap($"{right}.map.csv"))
            .ToDictionary();
        LinkResult result = Linker.Link([leftFile, rightFile], new LinkerOptions { Seed = 1 });
        return
        [
            .. result.Pairs
                .Select(pair =>
                    $"{ids[HandleOf(pair.Left)]} {ids[HandleOf(pair.Right)]} {pair.Decision} {pair.Vector}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string HandleOf(RecordReference record) => record.ToString().Split('/')[1];
}

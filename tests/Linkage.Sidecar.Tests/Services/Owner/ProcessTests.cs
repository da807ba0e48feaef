using System.Text;
using Grpc.Core;
using Linkage.Bloom.Keys;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>Owners and a unit as their operators start them: processes of their own.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Canary = "zqxcanary";
    private const string CanaryDigits = "918273645546372819";
    private const int ManyRecords = 40_000;
    private const int RecordsPerMessage = 10_000;

    private readonly OwnerFolder _folder = new();
    private readonly OwnerSite _owner;
    private readonly UnitSite _unit = new();

    public ProcessTests()
    {
        _owner = new OwnerSite(_folder.Key);
        _owner.AddUnit(_unit);
    }

    public void Dispose()
    {
        _owner.Dispose();
        _unit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Encode_PlantedValuesToAUnit_AreInTheOwnersMapOnly()
    {
        using RunningProcess unit = await _unit.StartProcessAsync();
        string project = await AgreeAsync(unit);
        EncodingService.EncodingServiceClient client = await _owner.StartAsync();
        EncodeStart start = Start(project);

        EncodedFileSummary file = await OwnerCalls.EncodeAsync(client, start, Planted());
        RpcException failure = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(client, Start(Canary), Planted()));
        Upload upload = Assert.Single(await _unit.UploadsAsync(unit.Address, project));
        string log = await _owner.StopAsync() + await unit.StopAsync();

        Assert.Equal((file.UploadId, UploadState.Complete), (upload.Id, upload.State));
        Assert.Equal("UNKNOWN_RESOURCE", OwnerCalls.ReasonOf(failure));
        AssertClean($"{failure} {OwnerCalls.DetailsOf(failure)}");
        Assert.Contains("\"EventId\":2,", log, StringComparison.Ordinal);
        AssertClean(log);
        Assert.DoesNotContain(_unit.TokenOf("health"), log, StringComparison.Ordinal);
        string map = _owner.PathOf($"output/{OwnerCalls.MapName}");
        Assert.True(IsPlantedIn(await File.ReadAllTextAsync(map)), "The search finds nothing.");
        await AssertFilesAreCleanAsync(_unit.Root, except: map);
        await AssertFilesAreCleanAsync(_owner.Root, except: map);
    }

    [Fact]
    public async Task UploadEncoded_UnitKilledAmidIt_GoesOnWithTheNextProcess()
    {
        RunningProcess unit = await _unit.StartProcessAsync(isHeldAmidUploads: true);
        try
        {
            string project = await AgreeAsync(unit);
            EncodingService.EncodingServiceClient client = await _owner.StartAsync();
            EncodedFileSummary file = await OwnerCalls.EncodeAsync(client, OwnerCalls.Start(), Many());
            using AsyncServerStreamingCall<UploadEncodedResponse> call = client.UploadEncoded(Upload(project));
            long acknowledged = await NextAsync(call, atLeast: 1);
            await unit.KillAsync();
            unit.Dispose();
            Assert.True(await _unit.HasOpenUploadAsync());
            unit = await _unit.StartProcessAsync();
            await FinishAsync(call, acknowledged, file.Size);
            Assert.All(await _unit.UploadsAsync(unit.Address, project), upload => Assert.Equal(
                (UploadState.Complete, file.Sha256), (upload.State, upload.Sha256)));
        }
        finally
        {
            unit.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyCheck_TwoOwners_SaysWhetherKeysAreTheSame(bool isSame)
    {
        using LinkageKey other = LinkageKey.Generate("people");
        using OwnerSite peer = new(isSame ? _folder.Key : other);
        EncodingService.EncodingServiceClient first = await _owner.StartAsync();
        EncodingService.EncodingServiceClient second = await peer.StartAsync();
        (string schema, string key) = (OwnerFolder.SchemaName, OwnerFolder.KeyName);

        string start = (await first.StartKeyCheckAsync(
            new StartKeyCheckRequest { Schema = schema, Key = key })).StartText;
        string answer = (await second.AnswerKeyCheckAsync(
            new AnswerKeyCheckRequest { Schema = schema, Key = key, StartText = start })).AnswerText;
        FinishKeyCheckRequest finish = new() { Schema = schema, Key = key, StartText = start, AnswerText = answer };
        FinishKeyCheckResponse mine = await first.FinishKeyCheckAsync(finish);
        finish.ConfirmationText = mine.ConfirmationText;
        FinishKeyCheckResponse theirs = await second.FinishKeyCheckAsync(finish);

        Assert.Equal((isSame, isSame), (mine.Same, theirs.Same));
    }

    private static EncodeStart Start(string project)
    {
        EncodeStart start = OwnerCalls.Start();
        start.Destination.Unit = new UnitTarget { Unit = "unit", ProjectId = project };
        return start;
    }

    private static UploadEncodedRequest Upload(string project) => new()
    {
        IdempotencyKey = "upload-of-the-test",
        FileName = OwnerCalls.FileName,
        Unit = new UnitTarget { Unit = "unit", ProjectId = project },
        KeepFile = true,
    };

    private static EncodeRecords Planted()
    {
        EncodeRecords records = new();
        for (int i = 0; i < 5; i++)
        {
            records.Records.Add(OwnerCalls.Named(
                $"{Canary}-id{i}", $"{Canary}given{i}", $"{Canary}family", $"{Canary}born", CanaryDigits));
        }

        return records;
    }

    private static EncodeRecords[] Many() =>
    [
        .. Enumerable.Range(0, ManyRecords / RecordsPerMessage)
            .Select(message => OwnerCalls.Records(message * RecordsPerMessage, RecordsPerMessage)),
    ];

    private static async Task<long> NextAsync(AsyncServerStreamingCall<UploadEncodedResponse> call, long atLeast)
    {
        do
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (call.ResponseStream.Current.AcknowledgedBytes < atLeast);
        return call.ResponseStream.Current.AcknowledgedBytes;
    }

    // What was acknowledged before the kill is never asked for again.
    private static async Task FinishAsync(
        AsyncServerStreamingCall<UploadEncodedResponse> call, long acknowledged, long size)
    {
        UploadEncodedResponse last = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            last = call.ResponseStream.Current;
            Assert.InRange(last.AcknowledgedBytes, acknowledged, size);
        }

        Assert.Equal((true, size), (last.Complete, last.AcknowledgedBytes));
    }

    private static bool IsPlantedIn(string text) =>
        text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
        || text.Contains(CanaryDigits, StringComparison.Ordinal);

    private static void AssertClean(string text) => Assert.False(IsPlantedIn(text), "A planted value came out.");

    private static async Task AssertFilesAreCleanAsync(string root, string except)
    {
        string[] files = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string path in files.Where(path => path != except && new FileInfo(path).Length > 0))
        {
            byte[] content = await File.ReadAllBytesAsync(path);
            AssertClean(Encoding.Latin1.GetString(content));
            AssertClean(Encoding.Unicode.GetString(content));
        }
    }

    private Task<string> AgreeAsync(RunningProcess unit) =>
        _unit.AgreeAsync(unit.Address, _folder.Terms(), "health", "benefits");
}

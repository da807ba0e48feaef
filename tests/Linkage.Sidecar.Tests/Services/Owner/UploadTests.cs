using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class UploadTests : IDisposable
{
    private static readonly UnitTarget Target = new() { Unit = "unit", ProjectId = "project" };

    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UploadEncoded_WholeFile_TellsProgressAndLeavesTheFileAtTheUnit()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        EncodedFileSummary file = await OwnerCalls.EncodeAsync(
            host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 3000));

        List<UploadEncodedResponse> told = await UploadAsync(host, Request());

        Assert.True(told.Count > 2, "Progress was told between begin and end.");
        Assert.Equal(Enumerable.Repeat(false, told.Count - 1).Append(true), told.Select(one => one.Complete));
        Assert.Equal(told.Select(one => one.AcknowledgedBytes).Order(), told.Select(one => one.AcknowledgedBytes));
        Assert.Equal((file.Size, file.Size), (told[^1].AcknowledgedBytes, told[^1].TotalBytes));
        byte[] content = await File.ReadAllBytesAsync(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal(content, unit.Unit.Content.ToArray());
        Assert.Equal(("health", 3000), (unit.Unit.Facts!.Party, unit.Unit.Facts.RecordCount));
    }

    [Fact]
    public async Task UploadEncoded_UnitBreaksOff_NextCallSendsWhatIsMissingOnly()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 3000));
        unit.Unit.ChunksUntilFailure = 3;

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));
        await UploadAsync(host, Request());

        Assert.Equal(
            (StatusCode.Unavailable, "UNIT_UNREACHABLE"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.All(unit.Unit.Taken.Values, times => Assert.Equal(1, times));
        Assert.Equal(1, unit.Unit.Completed);
    }

    [Fact]
    public async Task UploadEncoded_RepeatedAfterTheFileIsGone_GivesTheSameAnswer()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        UploadEncodedRequest request = Request();
        request.KeepFile = false;

        UploadEncodedResponse first = (await UploadAsync(host, request))[^1];
        UploadEncodedResponse second = (await UploadAsync(host, request))[^1];

        Assert.Equal(first, second);
        Assert.False(File.Exists(_folder.PathInOutput(OwnerCalls.FileName)));
        Assert.True(File.Exists(_folder.PathInOutput(OwnerCalls.MapName)));
    }

    [Fact]
    public async Task UploadEncoded_MapOfAnotherEncodingBesideIt_IsRefusedBeforeAnyByte()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await _folder.EncodeHalfReplacedAsync(host.Client, OwnerCalls.Start());

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        await UploadAsync(host, Request());

        Assert.Equal(
            (StatusCode.FailedPrecondition, "OWNER_FILE_UNUSABLE"),
            (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Equal(1, unit.Unit.Completed);
    }

    [Fact]
    public async Task UploadEncoded_FileWithoutAMap_IsSent()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        File.Delete(_folder.PathInOutput(OwnerCalls.MapName));

        Assert.True((await UploadAsync(host, Request()))[^1].Complete);
    }

    [Fact]
    public async Task UploadEncoded_UnitThatIsNotConfigured_IsRefused()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));

        Assert.Equal("unit.unit", OwnerCalls.FieldOf(failure));
    }

    [Fact]
    public async Task Encode_StraightToAUnit_SendsTheFileAndKeepsTheMapOnly()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        EncodeStart start = OwnerCalls.Start();
        start.Destination.Unit = Target;

        EncodedFileSummary first = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10));
        EncodedFileSummary second = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10));

        Assert.Equal("upload-0", first.UploadId);
        Assert.Equal(first, second);
        Assert.Equal(1, unit.Unit.Completed);
        Assert.Contains(OwnerCalls.MapName, _folder.OutputNames());
        Assert.DoesNotContain(OwnerCalls.FileName, _folder.OutputNames());
    }

    private static UploadEncodedRequest Request() => new()
    {
        IdempotencyKey = "upload-of-the-test",
        FileName = OwnerCalls.FileName,
        Unit = Target,
        KeepFile = true,
    };

    private static async Task<List<UploadEncodedResponse>> UploadAsync(OwnerHost host, UploadEncodedRequest request)
    {
        using AsyncServerStreamingCall<UploadEncodedResponse> call = host.Client.UploadEncoded(request);
        List<UploadEncodedResponse> told = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            told.Add(call.ResponseStream.Current);
        }

        return told;
    }
}

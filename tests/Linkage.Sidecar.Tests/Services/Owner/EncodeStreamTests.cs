using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class EncodeStreamTests : IDisposable
{
    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EncodeStream_WholeStream_AcknowledgesRecordsAndEndsWithTheFile()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.UnixClient, OwnerCalls.Start());

        await stream.SendAsync(OwnerCalls.Records(0, 10));
        await stream.AcknowledgedAsync(10);
        await stream.SendAsync(OwnerCalls.Records(10, 10));
        EncodedFileSummary file = await stream.FinishAsync(20);

        Assert.Equal(20, file.RecordCount);
        Assert.True(File.Exists(_folder.PathInOutput(OwnerCalls.FileName)));
        await Waiting.UntilAsync(() => host.SessionCount == 0);
    }

    [Fact]
    public async Task EncodeStream_AfterLostConnection_GoesOnAndTakesEveryRecordOnce()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        string id;
        using (StreamedEncoding lost = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start()))
        {
            id = lost.Session.SessionId;
            await lost.SendAsync(OwnerCalls.Records(0, 10));
            await lost.AcknowledgedAsync(10);
        }

        using StreamedEncoding stream = await StreamedEncoding.ResumeAsync(host.Client, id);
        Assert.Equal((id, 10), (stream.Session.SessionId, stream.Session.NextRecord));
        await stream.SendAsync(OwnerCalls.Records(5, 10));
        await stream.SendAsync(OwnerCalls.Records(0, 15));
        EncodedFileSummary file = await stream.FinishAsync(15);

        Assert.Equal(15, file.RecordCount);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"id{i}"), _folder.ReadMap(OwnerCalls.MapName).Values);
    }

    [Fact]
    public async Task EncodeStream_TakenUpWhileTheOldStreamIsHalfOpen_EndsTheOldOne()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding old = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start());
        await old.SendAsync(OwnerCalls.Records(0, 3));
        await old.AcknowledgedAsync(3);

        using StreamedEncoding next = await StreamedEncoding.ResumeAsync(host.Client, old.Session.SessionId);

        RpcException failure = await OwnerCalls.FailureAsync(old.DrainAsync);
        Assert.Equal((StatusCode.Aborted, "SESSION_LOST"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Equal(3, (await next.FinishAsync(3)).RecordCount);
    }

    [Fact]
    public async Task EncodeStream_WrongRecord_KeepsThoseBeforeItForTheNextStream()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start());
        EncodeRecords records = OwnerCalls.Records(0, 4);
        records.Records[3].SourceId = " ";
        await stream.SendAsync(records);

        RpcException failure = await OwnerCalls.FailureAsync(stream.DrainAsync);
        using StreamedEncoding next = await StreamedEncoding.ResumeAsync(host.Client, stream.Session.SessionId);

        Assert.Equal("records.records[3].source_id", OwnerCalls.FieldOf(failure));
        Assert.Equal(3, next.Session.NextRecord);
    }

    [Fact]
    public async Task EncodeStream_GapBetweenRecords_IsRefusedWithTheNumberExpected()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start());
        await stream.SendAsync(OwnerCalls.Records(1, 2));

        RpcException failure = await OwnerCalls.FailureAsync(stream.DrainAsync);

        Assert.Equal("records.first_record", OwnerCalls.FieldOf(failure));
        Assert.Contains("record 0 is the next", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodeStream_SessionOfAnotherCaller_IsAnsweredAsGone()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start());

        RpcException failure = await OwnerCalls.FailureAsync(
            () => StreamedEncoding.ResumeAsync(host.Client, stream.Session.SessionId, "benefits"));

        Assert.Equal("SESSION_LOST", OwnerCalls.ReasonOf(failure));
    }

    [Fact]
    public async Task EncodeStream_NotTakenUpInTime_IsDiscarded()
    {
        TimerClock clock = new();
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, clock);
        string id;
        using (StreamedEncoding lost = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start()))
        {
            id = lost.Session.SessionId;
            await lost.SendAsync(OwnerCalls.Records(0, 3));
            await lost.AcknowledgedAsync(3);
        }

        await Waiting.UntilAsync(() =>
        {
            clock.Advance(EncodeSessions.Patience);
            return host.SessionCount == 0;
        });
        RpcException failure = await OwnerCalls.FailureAsync(() => StreamedEncoding.ResumeAsync(host.Client, id));

        Assert.Equal("SESSION_LOST", OwnerCalls.ReasonOf(failure));
        Assert.Empty(_folder.OutputNames());
    }

    [Fact]
    public async Task EncodeStream_BegunAnewWithTheSameKey_TakesTheNameOver()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        using StreamedEncoding lost = await StreamedEncoding.StartAsync(host.Client, start);

        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.Client, start);
        await stream.SendAsync(OwnerCalls.Records(0, 2));

        Assert.Equal(2, (await stream.FinishAsync(2)).RecordCount);
        Assert.NotEqual(lost.Session.SessionId, stream.Session.SessionId);
    }

    [Fact]
    public async Task EncodeStream_KeyOfASessionAtOtherWork_IsRefusedAndTheSessionStays()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        EncodeStart start = OwnerCalls.Start();
        using StreamedEncoding first = await StreamedEncoding.StartAsync(host.Client, start);
        start.Party = "benefits";

        RpcException failure = await OwnerCalls.FailureAsync(() => StreamedEncoding.StartAsync(host.Client, start));
        await first.SendAsync(OwnerCalls.Records(0, 2));

        Assert.Equal("IDEMPOTENCY_KEY_REUSED", OwnerCalls.ReasonOf(failure));
        Assert.Equal(2, (await first.FinishAsync(2)).RecordCount);
    }

    [Fact]
    public async Task EncodeStream_ClientThatReadsNothingBeforeItsEnd_IsNotStopped()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);
        using StreamedEncoding stream = await StreamedEncoding.StartAsync(host.Client, OwnerCalls.Start());
        for (int i = 0; i < 6000; i++)
        {
            EncodeRecords one = new() { FirstRecord = i };
            one.Records.Add(OwnerCalls.Named($"id{i}", "Ana"));
            await stream.SendAsync(one);
        }

        EncodedFileSummary file = await stream.FinishAsync(6000);

        using EncodedFile written = EncodedFile.Open(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal((6000, 6000), (file.RecordCount, written.Header.RecordCount));
    }
}

using Grpc.Core;
using Linkage.V1;
using Client = Linkage.V1.EncodingService.EncodingServiceClient;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A client's side of one stream of a session.</summary>
internal sealed class StreamedEncoding : IDisposable
{
    private readonly AsyncDuplexStreamingCall<EncodeStreamRequest, EncodeStreamResponse> _call;

    private StreamedEncoding(AsyncDuplexStreamingCall<EncodeStreamRequest, EncodeStreamResponse> call)
    {
        _call = call;
    }

    public EncodeSession Session { get; private set; } = new();

    public static Task<StreamedEncoding> StartAsync(Client client, EncodeStart start) =>
        OpenAsync(client, new EncodeStreamRequest { Start = start }, "health");

    public static Task<StreamedEncoding> ResumeAsync(Client client, string sessionId, string caller = "health") =>
        OpenAsync(client, new EncodeStreamRequest { Resume = new EncodeResume { SessionId = sessionId } }, caller);

    public Task SendAsync(EncodeRecords records) =>
        _call.RequestStream.WriteAsync(new EncodeStreamRequest { Records = records });

    /// <summary>Reads until the records before a number are acknowledged.</summary>
    public async Task AcknowledgedAsync(long next)
    {
        long last = 0;
        while (last < next)
        {
            Assert.True(await _call.ResponseStream.MoveNext(CancellationToken.None));
            last = _call.ResponseStream.Current.Progress.NextRecord;
        }

        Assert.Equal(next, last);
    }

    public async Task<EncodedFileSummary> FinishAsync(long count)
    {
        await _call.RequestStream.WriteAsync(
            new EncodeStreamRequest { Finish = new EncodeFinish { RecordCount = count } });
        await _call.RequestStream.CompleteAsync();
        EncodeStreamResponse last = new();
        while (await _call.ResponseStream.MoveNext(CancellationToken.None))
        {
            last = _call.ResponseStream.Current;
        }

        return last.File;
    }

    /// <summary>Reads to the end, for the error there.</summary>
    public async Task DrainAsync()
    {
        while (await _call.ResponseStream.MoveNext(CancellationToken.None))
        {
            Assert.NotEqual(EncodeStreamResponse.MessageOneofCase.None, _call.ResponseStream.Current.MessageCase);
        }
    }

    /// <summary>Ends as a lost connection does.</summary>
    public void Dispose() => _call.Dispose();

    private static async Task<StreamedEncoding> OpenAsync(Client client, EncodeStreamRequest first, string caller)
    {
        StreamedEncoding stream = new(client.EncodeStream(OwnerHost.CalledBy(caller)));
        await stream._call.RequestStream.WriteAsync(first);
        Assert.True(await stream._call.ResponseStream.MoveNext(CancellationToken.None));
        stream.Session = stream._call.ResponseStream.Current.Session;
        return stream;
    }
}

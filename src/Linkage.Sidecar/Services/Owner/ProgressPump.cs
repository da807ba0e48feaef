using System.Threading.Channels;
using Grpc.Core;
using Linkage.Bloom;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Tells a client how far its encoding is, without ever waiting for the client.</summary>
/// <remarks>
/// One message at most waits to be sent, the latest: a client that sends all its records before it reads an answer
/// stops neither itself nor the server.
/// </remarks>
internal sealed class ProgressPump : IProgress<StageProgress>, IAsyncDisposable
{
    private const string Reading = "reading";

    private readonly Channel<EncodeProgress> _latest = Channel.CreateBounded<EncodeProgress>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly EncodeSession _session;
    private readonly Task _sending;

    /// <summary>Begins to tell.</summary>
    public ProgressPump(EncodeSession session, IServerStreamWriter<EncodeStreamResponse> answers)
    {
        _session = session;
        _sending = SendAsync(answers);
    }

    /// <summary>Tells which record is expected next.</summary>
    public void Acknowledge() => Post(Reading, 0);

    /// <inheritdoc/>
    public void Report(StageProgress value) =>
        Post(value.Stage, value.Total == 0 ? 0 : (double)value.Done / value.Total);

    /// <summary>Sends what is left.</summary>
    public Task FlushAsync()
    {
        _latest.Writer.TryComplete();
        return _sending;
    }

    /// <summary>Ends; of a call that fails already, this failure is no news.</summary>
    public async ValueTask DisposeAsync()
    {
        _latest.Writer.TryComplete();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Post(string stage, double share) => _latest.Writer.TryWrite(
        new EncodeProgress { NextRecord = _session.NextRecord, Stage = stage, Share = share });

    private async Task SendAsync(IServerStreamWriter<EncodeStreamResponse> answers)
    {
        await foreach (EncodeProgress progress in _latest.Reader.ReadAllAsync())
        {
            await answers.WriteAsync(new EncodeStreamResponse { Progress = progress });
        }
    }
}

using System.IO.Pipelines;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>
/// One call on one HTTP request. It ends exactly once: by its handler, at its deadline, or when a drain expires;
/// whoever comes first sends the status. This part is its life; the others are its messages and what it tells the
/// handler.
/// </summary>
internal sealed partial class HttpServerCall : ServerCallContext, IAsyncDisposable
{
    private readonly CallSettings _settings;
    private readonly WireFormat _format;
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationToken _cancelled; // outlives its source, which goes with the call
    private readonly Lock _gate = new();
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;

    private CancellationTokenRegistration _callerGone;
    private CancellationTokenRegistration _drained;
    private CallDeadline? _deadline;
    private bool _hasEnded;
    private TaskCompletionSource? _forcedEnd;
    private object? _observed;

    public HttpServerCall(HttpContext http, WireFormat format, string method, CallSettings settings)
    {
        HttpContext = http;
        _format = format;
        _method = method;
        _settings = settings;
        _cancelled = _cancel.Token;
        BeganAt = settings.Time.GetTimestamp();
        LiftServerLimits(http);
        PipeReader body = format.Protocol == WireProtocol.GrpcWebText
            ? PipeReader.Create(new Base64Reader(http.Request.BodyReader))
            : http.Request.BodyReader;
        _reader = new MessageReader(
            body, settings.Options.MaxReceiveMessageSize, format.MalformedCode, watch: WatchMessage);
        _writer = new MessageWriter(
            http.Response.BodyWriter,
            settings.Options.MaxSendMessageSize,
            isText: format.Protocol == WireProtocol.GrpcWebText);
    }

    public HttpContext HttpContext { get; }

    /// <summary>Whether there is no such method: unary Connect tells it from one left unimplemented.</summary>
    public bool IsUnknownMethod { get; init; }

    /// <summary>When it began, by the clock of the server.</summary>
    public long BeganAt { get; }

    /// <summary>Whether it speaks Connect, and not one of the forms of gRPC.</summary>
    public bool IsConnect => _format.IsConnect;

    /// <summary>Bytes of request messages, framed as they came.</summary>
    public long ReceivedBytes => _reader.Bytes;

    /// <summary>Bytes of the answer's messages and final frame, as they go.</summary>
    public long SentBytes => _writer.Bytes + _bareBytes;

    /// <summary>Runs a handler and sends how it ended.</summary>
    public async Task RunAsync(Func<HttpServerCall, Task> handler)
    {
        _observed = _settings.Observer?.Begin(this);
        Status status;
        Metadata thrown = Metadata.Empty;
        try
        {
            Start();
            await handler(this);
            status = StatusCore;
        }
#pragma warning disable CA1031 // the edge of the process: whatever a handler throws becomes a status
        catch (Exception failure)
#pragma warning restore CA1031
        {
            status = StatusOf(failure);
            thrown = failure is RpcException rpc && rpc.StatusCode == status.StatusCode ? rpc.Trailers : thrown;
        }

        if (!TryEnd(out Task forcedEnd))
        {
            await forcedEnd;
            return;
        }

        // The handler has seen how its write ended; here only its end counts.
        await _write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        AddTrailers(thrown);
        try
        {
            await SendEndAsync(status, _trailers);
        }
        finally
        {
            _settings.Observer?.End(this, _observed, status.StatusCode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_deadline is not null)
        {
            await _deadline.DisposeAsync();
        }

        await _callerGone.DisposeAsync();
        await _drained.DisposeAsync();
        _cancel.Dispose();
        _bareAnswer?.Dispose();
    }

    // A message has its own limits of size and time, and a client stream may be quiet for hours.
    private static void LiftServerLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private void Start()
    {
        PrepareHeaders();
        if (_settings.Tracker.Stopping.IsCancellationRequested)
        {
            throw new RpcException(TransportStatus.ShuttingDown);
        }

        AcceptEncodings();
        _callerGone = HttpContext.RequestAborted.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).Cancel(), _cancel);
        _drained = _settings.Tracker.Expired.UnsafeRegister(
            static state => ((HttpServerCall)state!).ForceEnd(TransportStatus.ShuttingDown), this);

        // Last, since it may pass at once, and its end must not meet a head that is being prepared.
        StartDeadline();
    }

    private void StartDeadline()
    {
        if (ReadTimeout() is not TimeSpan timeout)
        {
            return;
        }

        if (timeout <= TimeSpan.Zero)
        {
            throw new RpcException(TransportStatus.DeadlineExceeded);
        }

        _deadline = new CallDeadline(
            _settings.Time, timeout, () => ForceEnd(TransportStatus.DeadlineExceeded));
    }

    // A caller who stops sending or taking half way would hold its call, and what that holds, for as long as its
    // connection lives.
    private ITimer WatchMessage() => _settings.Time.CreateTimer(
        static state => ((HttpServerCall)state!).ForceEnd(TransportStatus.MessageTooSlow),
        this,
        _settings.Options.MessageTimeout,
        Timeout.InfiniteTimeSpan);

    private TimeSpan? ReadTimeout()
    {
        string? text = HttpContext.Request.Headers[_format.IsConnect ? "connect-timeout-ms" : "grpc-timeout"];
        if (text is null)
        {
            return null;
        }

        bool isValid = _format.IsConnect
            ? CallTimeout.TryParseMilliseconds(text, out TimeSpan timeout)
            : CallTimeout.TryParse(text, out timeout);
        return isValid ? timeout : throw new RpcException(new Status(_format.MalformedCode, "Invalid timeout."));
    }

    private Status StatusOf(Exception failure)
    {
        if (failure is RpcException { StatusCode: not StatusCode.OK } rpc)
        {
            return rpc.Status;
        }

        if (HttpContext.RequestAborted.IsCancellationRequested)
        {
            _settings.Logger.CallerGone(_method);
            return TransportStatus.Cancelled;
        }

        if (_deadline is { HasPassed: true } && failure is OperationCanceledException)
        {
            return TransportStatus.DeadlineExceeded;
        }

        if (failure is OperationCanceledException && _cancelled.IsCancellationRequested)
        {
            return TransportStatus.Cancelled;
        }

        _settings.Logger.HandlerFailed(_method, failure.GetType().FullName!, failure.StackTrace);
        return _settings.Options.EnableDetailedErrors == true
            ? new Status(
                StatusCode.Unknown,
                $"{TransportStatus.HandlerFailed.Detail} {failure.GetType().Name}: {failure.Message}")
            : TransportStatus.HandlerFailed;
    }

    private void AddTrailers(Metadata trailers)
    {
        if (!ReferenceEquals(trailers, _trailers))
        {
            foreach (Metadata.Entry entry in trailers)
            {
                _trailers.Add(entry);
            }
        }
    }

    private bool TryEnd(out Task forcedEnd)
    {
        lock (_gate)
        {
            forcedEnd = _forcedEnd?.Task ?? Task.CompletedTask;
            bool isFirst = !_hasEnded;
            _hasEnded = true;
            return isFirst;
        }
    }

    // Runs on a timer's thread while the handler may still be at work, even one that ignores its token.
    private void ForceEnd(Status status)
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            _forcedEnd = end;
        }

        _ = ForceEndAsync(status, end);
    }

    private async Task ForceEndAsync(Status status, TaskCompletionSource end)
    {
        try
        {
            // The writer looks at the flag under the lock, so no write begins from here on.
            await Task.WhenAny(_write, Task.Delay(CallSettings.StuckWriteLimit));
            await _cancel.CancelAsync();
            if (_write.IsCompleted)
            {
                await SendEndAsync(status, Metadata.Empty);
                await HttpContext.Response.CompleteAsync();
            }
            else
            {
                Reset();
            }
        }
#pragma warning disable CA1031 // nobody awaits this task but the handler's end, which must come
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _settings.Logger.EndFailed(_method, failure.GetType().FullName!);
            Reset();
        }
        finally
        {
            _settings.Observer?.End(this, _observed, status.StatusCode);
            end.SetResult();
        }
    }

    private void Reset()
    {
        const int Cancel = 8; // RFC 9113, section 7
        if (HttpContext.Features.Get<IHttpResetFeature>() is { } reset)
        {
            reset.Reset(Cancel);
        }
        else
        {
            HttpContext.Abort();
        }
    }
}

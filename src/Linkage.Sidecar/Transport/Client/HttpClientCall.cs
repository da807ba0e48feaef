using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Client;

/// <summary>One call of a client, on one HTTP/2 request.</summary>
internal sealed class HttpClientCall<TRequest, TResponse> : IClientCall, IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private const string EncodingRequestKey = "grpc-internal-encoding-request";

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    private readonly Method<TRequest, TResponse> _method;
    private readonly CallOptions _call;
    private readonly GrpcChannelOptions _options;
    private readonly TimeProvider _time;
    private readonly MessageCodec<TResponse> _responses;
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationToken _cancelled;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _callerCancels;

    private Task<HttpResponseMessage>? _response;
    private MessageReader? _reader;
    private TResponse? _current;
    private Status? _status;
    private bool _isDisposed;
    private Metadata _trailers = [];

    public HttpClientCall(
        Method<TRequest, TResponse> method, CallOptions call, GrpcChannelOptions options, TimeProvider time)
    {
        _method = method;
        _call = call;
        _options = options;
        _time = time;
        _responses = new ProtobufCodec<TResponse>(method.ResponseMarshaller, StatusCode.Internal);
        _cancelled = _cancel.Token;
        _callerCancels = call.CancellationToken.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).Cancel(), _cancel);
        bool compresses = GzipCodec.IsIn(call.Headers?.GetValue(EncodingRequestKey));
        Requests = new ClientRequest<TRequest>(
            new ProtobufCodec<TRequest>(method.RequestMarshaller, StatusCode.Internal),
            call.WriteOptions,
            options.MaxSendMessageSize,
            compresses,
            _cancelled);
    }

    public ClientRequest<TRequest> Requests { get; }

    public Task<Metadata> ResponseHeadersAsync => _headers.Task;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message.");

    /// <summary>Sends the head of the request, and the message of a call that has only one.</summary>
    public void Start(HttpMessageInvoker http, Uri uri, string? host, TRequest? only)
    {
        _response = SendAsync(http, uri, host, only);

        // Whoever asks for the headers learns of a failure too; nobody has to.
        _ = _response.ContinueWith(
            static (sent, state) => ((ClientRequest<TRequest>)state!).Abandon(),
            Requests,
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The answer of a call that has only one.</summary>
    public async Task<TResponse> ReadOnlyAsync()
    {
        try
        {
            if (!await MoveNext(CancellationToken.None))
            {
                throw Failure(new Status(StatusCode.Internal, "The answer has no message."));
            }

            TResponse only = Current;
            return await MoveNext(CancellationToken.None)
                ? throw Failure(new Status(StatusCode.Internal, "The answer has more than one message."))
                : only;
        }
        finally
        {
            Dispose();
        }
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_status is { } ended)
        {
            return ended.StatusCode == StatusCode.OK ? false : throw Failure(ended);
        }

        try
        {
            using CancellationTokenRegistration cancels = cancellationToken.UnsafeRegister(
                static state => ((CancellationTokenSource)state!).Cancel(), _cancel);
            HttpResponseMessage response = await _response!;
            _reader ??= await OpenAsync(response);
            _current = await _reader.ReadAsync(_responses, _cancelled);
            if (_current is not null)
            {
                return true;
            }

            End(response, response.TrailingHeaders.Any() ? response.TrailingHeaders : response.Headers);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException
            or RpcException)
        {
            _status ??= StatusOf(failure);
        }

        Requests.Abandon();
        return _status is { StatusCode: StatusCode.OK } ? false : throw Failure(_status!.Value);
    }

    public Status GetStatus() => _status ?? throw new InvalidOperationException("The call has not ended.");

    public Metadata GetTrailers() => _status is null
        ? throw new InvalidOperationException("The call has not ended.")
        : _trailers;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _callerCancels.Dispose();
        if (_status is null)
        {
            _status = TransportStatus.Cancelled;
            _cancel.Cancel();
        }

        Requests.Abandon();
        if (_response is { IsCompletedSuccessfully: true })
        {
            _response.Result.Dispose();
        }

        _cancel.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, Uri uri, string? host, TRequest? only)
    {
        try
        {
            using HttpRequestMessage request = Head(uri, host);
            if (only is not null)
            {
                // It ends when the head is out; if it fails, so does the request.
                _ = Requests.WriteAsync(only);
                await Requests.CompleteAsync();
            }

            HttpResponseMessage response = await http.SendAsync(request, _cancelled);
            _headers.TrySetResult(ReadFields(response.Headers));
            return response;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException
            or RpcException)
        {
            Status status = StatusOf(failure);
            _headers.TrySetException(new RpcException(status));
            _ = _headers.Task.Exception;
            throw new RpcException(status);
        }
    }

    private HttpRequestMessage Head(Uri uri, string? host)
    {
        HttpRequestMessage request = new(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Requests,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-accept-encoding", GzipCodec.Accepted);
        request.Headers.Host = host;
        if (_call.Deadline is DateTime deadline && deadline != DateTime.MaxValue)
        {
            TimeSpan left = deadline.ToUniversalTime() - _time.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
            {
                throw new RpcException(TransportStatus.DeadlineExceeded);
            }

            request.Headers.TryAddWithoutValidation("grpc-timeout", CallTimeout.Format(left));

            // The server ends the call at the deadline; this is for one that does not, and timers may be early.
            _cancel.CancelAfter(left < TimeSpan.FromDays(40) ? left + Grace : Timeout.InfiniteTimeSpan);
        }

        foreach (Metadata.Entry entry in _call.Headers ?? Metadata.Empty)
        {
            if (entry.Is(EncodingRequestKey))
            {
                request.Headers.TryAddWithoutValidation("grpc-encoding", entry.Value);
            }
            else if (!MetadataCodec.TryWrite(entry, out string value))
            {
                throw new RpcException(new Status(StatusCode.Internal, $"The header {entry.Key} cannot be sent."));
            }
            else
            {
                request.Headers.TryAddWithoutValidation(entry.Key, value);
            }
        }

        return request;
    }

    private async Task<MessageReader> OpenAsync(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(ClientStatus.FromHttp(response.StatusCode));
        }

        Stream body = await response.Content.ReadAsStreamAsync(_cancelled);
        return new MessageReader(PipeReader.Create(body), _options.MaxReceiveMessageSize, StatusCode.Internal)
        {
            AllowsCompression = response.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? names)
                && GzipCodec.IsIn(names.First()),
        };
    }

    private void End(HttpResponseMessage response, System.Net.Http.Headers.HttpResponseHeaders fields)
    {
        _trailers = ReadFields(fields);
        _status = ClientStatus.FromFields(fields);
        response.Dispose();
    }

    private static Metadata ReadFields(System.Net.Http.Headers.HttpResponseHeaders fields)
    {
        Metadata metadata = [];
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in fields.NonValidated)
        {
            foreach (string value in values)
            {
                MetadataCodec.Read(metadata, name, value);
            }
        }

        return metadata;
    }

    private Status StatusOf(Exception failure)
    {
        if (failure is RpcException rpc)
        {
            return rpc.Status;
        }

        bool isLate = _call.Deadline is DateTime deadline
            && deadline.ToUniversalTime() <= _time.GetUtcNow().UtcDateTime;
        if (isLate && _cancelled.IsCancellationRequested)
        {
            return TransportStatus.DeadlineExceeded;
        }

        return failure is OperationCanceledException || _cancelled.IsCancellationRequested
            ? TransportStatus.Cancelled
            : new Status(StatusCode.Unavailable, $"The server of {_method.FullName} cannot be reached.", failure);
    }

    private RpcException Failure(Status status)
    {
        _status = status;
        return new RpcException(status, _trailers);
    }
}

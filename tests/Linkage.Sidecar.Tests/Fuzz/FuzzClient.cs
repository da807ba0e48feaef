using System.Net;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Sends requests as they are, right or wrong.</summary>
internal sealed class FuzzClient : IDisposable
{
    private const int Attempts = 3;

    private readonly Uri _http2Address;
    private readonly Uri _http1Address;
    private readonly HttpClient _http2 = Create(new SocketsHttpHandler());
    private readonly HttpClient _http1 = Create(new SocketsHttpHandler());

    // A server may hang up on somebody who resets again and again.
    private readonly HttpClient _torn = Create(new SocketsHttpHandler());

    public FuzzClient(Uri http2, Uri http1)
    {
        _http2Address = http2;
        _http1Address = http1;
    }

    /// <summary>The answer; null where the caller gave up.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<FuzzAnswer?> SendAsync(FuzzRequest request)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(request);
            }
            catch (Exception failure) when (
                failure is HttpRequestException or IOException or OperationCanceledException)
            {
                if (request.ResetAt is not null)
                {
                    return null;
                }

                if (failure is OperationCanceledException || attempt == Attempts)
                {
                    throw new TimeoutException($"There is no answer: {failure.GetType().Name}.", failure);
                }
            }
        }
    }

    public void Dispose()
    {
        _http2.Dispose();
        _http1.Dispose();
        _torn.Dispose();
    }

    private static HttpClient Create(SocketsHttpHandler handler)
    {
        handler.EnableMultipleHttp2Connections = true;
        handler.AllowAutoRedirect = false;
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.ActivityHeadersPropagator = null;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<FuzzAnswer> SendOnceAsync(FuzzRequest request)
    {
        using CancellationTokenSource patience = new(Waiting.Patience);
        using HttpRequestMessage message = MessageOf(request);
        HttpClient client = request.ResetAt is not null ? _torn : request.IsHttp1 ? _http1 : _http2;
        using HttpResponseMessage response = await client.SendAsync(
            message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        await using Stream stream = await response.Content.ReadAsStreamAsync(patience.Token);
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        bool isCut = false;
        int read;
        while (!isCut && (read = await stream.ReadAsync(buffer, patience.Token)) > 0)
        {
            body.Write(buffer, 0, read);
            isCut = request.IsEndless;
        }

        return new FuzzAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? string.Empty,
            FieldsOf(response, isCut),
            body.ToArray(),
            isCut);
    }

    private HttpRequestMessage MessageOf(FuzzRequest request)
    {
        Uri address = new(
            (request.IsHttp1 ? _http1Address : _http2Address).GetLeftPart(UriPartial.Authority) + request.Path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        HttpRequestMessage message = new(new HttpMethod(request.Verb), address)
        {
            Version = request.IsHttp1 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new FuzzBody(request),
        };
        foreach ((string name, string value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static Dictionary<string, string> FieldsOf(HttpResponseMessage response, bool isCut)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in response.Headers
            .Concat(response.Content.Headers)
            .Concat(isCut ? [] : response.TrailingHeaders))
        {
            string value = string.Join(", ", values);
            fields[name] = fields.TryGetValue(name, out string? before) ? $"{before}, {value}" : value;
        }

        return fields;
    }
}

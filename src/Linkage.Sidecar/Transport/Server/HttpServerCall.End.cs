using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Linkage.Sidecar.Transport.Server;

/// <content>The head and the end of the answer.</content>
internal sealed partial class HttpServerCall
{
    private const string StatusKey = "grpc-status";
    private const string MessageKey = "grpc-message";

    // A head that is too long would be refused as a whole, and the code with it; clients take 8 KiB or more.
    private const int MostMessageLetters = 4096;

    private long _bareBytes;

    private void PrepareHeaders()
    {
        IHeaderDictionary headers = HttpContext.Response.Headers;
        HttpContext.Response.StatusCode = StatusCodes.Status200OK;
        HttpContext.Response.ContentType = _format.ContentType;
        if (_format.Protocol != WireProtocol.ConnectUnary)
        {
            headers[_format.AcceptEncodingHeader] = GzipCodec.Accepted;
        }
    }

    private void AcceptEncodings()
    {
        IHeaderDictionary request = HttpContext.Request.Headers;
        string? encoding = request[_format.EncodingHeader];
        _reader.AllowsCompression = string.Equals(encoding, GzipCodec.Name, StringComparison.OrdinalIgnoreCase);
        if (!_reader.AllowsCompression && encoding is not (null or "" or "identity"))
        {
            throw new RpcException(TransportStatus.UnsupportedEncoding);
        }

        if (_settings.Compression is { } level && GzipCodec.IsIn(request[_format.AcceptEncodingHeader]))
        {
            _compression = level;
            if (_format.Protocol != WireProtocol.ConnectUnary)
            {
                HttpContext.Response.Headers[_format.EncodingHeader] = GzipCodec.Name;
            }
        }
    }

    // The trailers are passed, for a handler that overstays its end may still be adding to its own.
    private async Task SendEndAsync(Status status, Metadata trailers)
    {
        if (HttpContext.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (_writer.IsTorn)
        {
            Reset();
            return;
        }

        switch (_format.Protocol)
        {
            case WireProtocol.Grpc:
                SendGrpcEnd(status, trailers);
                break;
            case WireProtocol.GrpcWeb or WireProtocol.GrpcWebText:
                await StartAsync();
                _writer.WriteFrame(MessageWriter.WebTrailerFlag, WebTrailers(status, trailers));
                break;
            case WireProtocol.ConnectStream:
                await StartAsync();
                using (PooledBuffer json = Json(writer => ConnectError.WriteEnd(writer, status, trailers)))
                {
                    _writer.WriteFrame(MessageWriter.ConnectEndFlag, json.Span);
                }

                break;
            default:
                await SendConnectUnaryAsync(status, trailers);
                break;
        }
    }

    private async Task StartAsync()
    {
        if (!HttpContext.Response.HasStarted)
        {
            await HttpContext.Response.StartAsync();
        }
    }

    private void SendGrpcEnd(Status status, Metadata trailers)
    {
        // Without a message the status is in the head, which is then the whole answer.
        HttpResponse response = HttpContext.Response;
        IHeaderDictionary target = response.HasStarted
            ? HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : response.Headers;
        foreach ((string key, string value) in EndFields(status, trailers))
        {
            target[key] = StringValues.Concat(target[key], value);
        }
    }

    private IEnumerable<(string Key, string Value)> EndFields(Status status, Metadata trailers)
    {
        yield return (StatusKey, ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (status.Detail.Length > 0)
        {
            yield return (MessageKey, PercentCoding.Encode(status.Detail, MostMessageLetters));
        }

        foreach (Metadata.Entry entry in trailers)
        {
            if (MetadataCodec.IsHidden(entry.Key))
            {
                continue;
            }

            if (MetadataCodec.TryWrite(entry, out string value))
            {
                yield return (entry.Key, value);
            }
            else
            {
                _settings.Logger.TrailerLeftOut(entry.Key);
            }
        }
    }

    private byte[] WebTrailers(Status status, Metadata trailers)
    {
        StringBuilder text = new();
        foreach ((string key, string value) in EndFields(status, trailers))
        {
            text.Append(key).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private async Task SendConnectUnaryAsync(Status status, Metadata trailers)
    {
        foreach (Metadata.Entry entry in trailers)
        {
            if (MetadataCodec.TryWrite(entry, out string value))
            {
                AppendHeader("trailer-" + entry.Key, value);
            }
            else
            {
                _settings.Logger.TrailerLeftOut(entry.Key);
            }
        }

        if (status.StatusCode == StatusCode.OK)
        {
            await SendBareAsync(_bareAnswer);
            return;
        }

        // A call of no method can fail for another reason before that is found out, and then it is that one's status.
        HttpContext.Response.StatusCode = IsUnknownMethod && status.StatusCode == StatusCode.Unimplemented
            ? StatusCodes.Status404NotFound
            : ConnectError.HttpStatus(status.StatusCode);
        HttpContext.Response.ContentType = "application/json";
        using PooledBuffer json = Json(writer => ConnectError.Write(writer, status, trailers));
        await SendBodyAsync(json.Memory);
    }

    private async Task SendBareAsync(PooledBuffer? answer)
    {
        if (answer is null || _compression is not CompressionLevel level
            || (WriteOptionsCore?.Flags & WriteFlags.NoCompress) == WriteFlags.NoCompress)
        {
            await SendBodyAsync(answer?.Memory ?? default);
            return;
        }

        using PooledBuffer compressed = new();
        GzipCodec.Deflate(answer.Memory, compressed, level);
        HttpContext.Response.Headers.ContentEncoding = GzipCodec.Name;
        await SendBodyAsync(compressed.Memory);
    }

    private async Task SendBodyAsync(ReadOnlyMemory<byte> body)
    {
        HttpContext.Response.ContentLength = body.Length;
        _bareBytes = body.Length;
        await HttpContext.Response.BodyWriter.WriteAsync(body);
    }

    private void AppendHeader(string key, string value)
    {
        IHeaderDictionary headers = HttpContext.Response.Headers;
        headers[key] = StringValues.Concat(headers[key], value);
    }

    private static PooledBuffer Json(Action<Utf8JsonWriter> write)
    {
        PooledBuffer buffer = new();
        using Utf8JsonWriter json = new(buffer);
        write(json);
        return buffer;
    }
}

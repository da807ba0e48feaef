using System.Net;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>The body of a request; a reset one breaks off.</summary>
internal sealed class FuzzBody : HttpContent
{
    private readonly byte[] _body;
    private readonly int? _resetAt;

    public FuzzBody(FuzzRequest request)
    {
        _body = request.Body;
        _resetAt = request.ResetAt;
        Headers.TryAddWithoutValidation("content-type", request.ContentType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_body.AsMemory(0, Math.Min(_resetAt ?? _body.Length, _body.Length)));
        if (_resetAt is not null)
        {
            await stream.FlushAsync();
            throw new OperationCanceledException("The caller gives up.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

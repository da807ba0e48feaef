using System.Net.Http.Headers;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Shows a bearer token with every request.</summary>
internal sealed class BearerHandler : DelegatingHandler
{
    private readonly AuthenticationHeaderValue _header;

    /// <summary>Shows a token.</summary>
    /// <param name="token">The token; it stays in memory and goes nowhere but into requests.</param>
    /// <param name="inner">Makes the requests.</param>
    public BearerHandler(string token, HttpMessageHandler inner)
        : base(inner)
    {
        _header = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _header;
        return base.SendAsync(request, cancellationToken);
    }
}

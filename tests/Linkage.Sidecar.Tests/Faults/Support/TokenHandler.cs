using System.Net.Http.Headers;

namespace Linkage.Sidecar.Tests.Faults.Support;

/// <summary>Identifies every call of a connection by one token.</summary>
internal sealed class TokenHandler(string token) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellation);
    }
}

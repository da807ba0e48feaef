using System.Text;
using System.Text.Json;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>An HTTP answer, taken apart.</summary>
internal sealed record RawAnswer(
    int Status, Dictionary<string, string> Headers, Dictionary<string, string> Trailers, byte[] Body)
{
    /// <summary>The gRPC status, wherever it stands.</summary>
    public string? Code => Trailers.GetValueOrDefault("grpc-status") ?? Headers.GetValueOrDefault("grpc-status");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text => Encoding.UTF8.GetString(Body);
}

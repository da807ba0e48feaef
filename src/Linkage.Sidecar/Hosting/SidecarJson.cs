using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Hosting;

/// <summary>Generated JSON code for what the process answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class SidecarJson : JsonSerializerContext;

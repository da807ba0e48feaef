using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Generated JSON code for certificates: one form only, since it is what is signed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SignedCertificate))]
internal sealed partial class CertificateJson : JsonSerializerContext;

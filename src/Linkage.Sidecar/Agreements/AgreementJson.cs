using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Agreements;

/// <summary>Generated JSON code for agreements; strict, since a lost member could open a door.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(AgreementDocument))]
[JsonSerializable(typeof(AgreementSignature))]
internal sealed partial class AgreementJson : JsonSerializerContext;

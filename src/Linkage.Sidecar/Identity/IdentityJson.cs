using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Identity;

/// <summary>Generated JSON code for the files of this room; strict, since a lost member could open a door.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TokenFileContent))]
internal sealed partial class IdentityJson : JsonSerializerContext;

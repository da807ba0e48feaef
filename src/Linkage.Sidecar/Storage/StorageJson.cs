using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Storage;

/// <summary>Generated JSON code for what the store writes beside its database.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(Deletion))]
internal sealed partial class StorageJson : JsonSerializerContext;

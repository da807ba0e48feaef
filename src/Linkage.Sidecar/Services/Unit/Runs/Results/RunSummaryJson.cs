using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>Generated JSON code for the summary and the basis of a run.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(RunBasis))]
internal sealed partial class RunSummaryJson : JsonSerializerContext;

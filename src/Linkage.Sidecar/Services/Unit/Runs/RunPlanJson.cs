using System.Text.Json.Serialization;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Generated JSON code for what a run was asked for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunPlan))]
internal sealed partial class RunPlanJson : JsonSerializerContext;

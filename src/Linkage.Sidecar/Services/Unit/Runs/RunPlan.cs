using System.Text.Json;
using Google.Protobuf;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>What a run was asked for, as the store keeps it.</summary>
/// <param name="Options">The options in protobuf's JSON.</param>
/// <param name="TermsRevision">The terms it was started under.</param>
internal sealed record RunPlan(string Options, int TermsRevision)
{
    /// <summary>A plan for options a caller sent.</summary>
    public static RunPlan From(RunOptions options, int termsRevision) =>
        new(JsonFormatter.Default.Format(options), termsRevision);

    /// <summary>The plan of a stored run.</summary>
    public static RunPlan Of(Stored.Run run) =>
        JsonSerializer.Deserialize(run.Options, RunPlanJson.Default.RunPlan)
        ?? throw new InvalidDataException("A stored run has no plan.");

    /// <summary>As the store keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunPlanJson.Default.RunPlan);

    /// <summary>The options as they were sent.</summary>
    public RunOptions ReadOptions() => RunOptions.Parser.ParseJson(Options);
}

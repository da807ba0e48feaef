using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>How long things of a project may be kept. Thread-safe.</summary>
internal interface IRetentionClock
{
    /// <summary>What holds for a project now.</summary>
    RetentionTerms Of(Project project);
}

using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>The same times for every project, as the operator has set them.</summary>
internal sealed class ConfiguredRetention : IRetentionClock
{
    private readonly RetentionTerms _terms;

    /// <summary>Takes the times.</summary>
    public ConfiguredRetention(RetentionTerms terms)
    {
        _terms = terms;
    }

    /// <inheritdoc/>
    public RetentionTerms Of(Project project) => _terms;
}

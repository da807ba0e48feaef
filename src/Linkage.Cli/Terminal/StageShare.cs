using Linkage.Bloom;

namespace Linkage.Cli.Terminal;

/// <summary>Turns the library's stages into one share of the whole: every stage counts the same.</summary>
/// <param name="target">Told the share, 0 to 1.</param>
/// <param name="stages">The names of the stages in their order.</param>
internal sealed class StageShare(IProgress<double> target, params string[] stages) : IProgress<StageProgress>
{
    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        int stage = Array.IndexOf(stages, value.Stage);
        if (stage >= 0 && value.Total > 0)
        {
            target.Report((stage + (value.Done / (double)value.Total)) / stages.Length);
        }
    }
}

using Spectre.Console;

namespace Linkage.Cli.Terminal;

/// <summary>Progress as a bar on a terminal.</summary>
/// <param name="task">The bar.</param>
internal sealed class DrawnProgress(ProgressTask task) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => task.Value = Math.Clamp(value, 0, 1) * task.MaxValue;
}

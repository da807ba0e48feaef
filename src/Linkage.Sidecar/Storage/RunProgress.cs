namespace Linkage.Sidecar.Storage;

/// <summary>How far a run is.</summary>
/// <param name="Stage">The stage of the work; empty before the first.</param>
/// <param name="Done">Units of the stage done.</param>
/// <param name="Total">Units of the stage; 0 when not known.</param>
internal readonly record struct RunProgress(string Stage, long Done, long Total)
{
    /// <summary>Before the first stage.</summary>
    public static RunProgress None { get; } = new("", 0, 0);
}

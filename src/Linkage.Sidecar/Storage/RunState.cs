namespace Linkage.Sidecar.Storage;

/// <summary>Where a run stands. The numbers are stored and never change their meaning.</summary>
internal enum RunState
{
    /// <summary>Waits for a worker, at first or again after the process ended under it.</summary>
    Queued = 0,

    /// <summary>A worker has claimed it.</summary>
    Running = 1,

    /// <summary>Its results are kept.</summary>
    Done = 2,

    /// <summary>It ended without results.</summary>
    Failed = 3,

    /// <summary>It was stopped on demand, or a party whose data it used has withdrawn.</summary>
    Cancelled = 4,
}

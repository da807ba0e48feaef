namespace Linkage.Sidecar.Storage;

/// <summary>One step in the life of a run, as its watchers see it.</summary>
/// <param name="Sequence">1, 2, 3 … within the run, without a gap.</param>
/// <param name="At">When.</param>
/// <param name="State">The state from here on.</param>
/// <param name="Progress">How far the work is.</param>
internal sealed record RunEvent(long Sequence, DateTimeOffset At, RunState State, RunProgress Progress);

namespace Linkage.Sidecar.Storage;

/// <summary>What the runs of a project have come to.</summary>
internal enum ProjectWork
{
    /// <summary>None waits or is at work, and none has results.</summary>
    None = 0,

    /// <summary>One waits or is at work.</summary>
    UnderWay,

    /// <summary>None waits or is at work, and one has results.</summary>
    HasResults,
}

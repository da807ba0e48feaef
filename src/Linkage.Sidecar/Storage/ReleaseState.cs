namespace Linkage.Sidecar.Storage;

/// <summary>How far a request for release is. The numbers are stored and never change their meaning.</summary>
internal enum ReleaseState
{
    /// <summary>The party has not answered.</summary>
    Waiting = 0,

    /// <summary>The party lets its answer out.</summary>
    Released = 1,

    /// <summary>The party refuses.</summary>
    Refused = 2,
}

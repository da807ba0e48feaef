namespace Linkage.Sidecar.Storage;

/// <summary>What an immutable file holds. The numbers are stored and never change their meaning.</summary>
internal enum SegmentKind
{
    /// <summary>An encoded file of a party.</summary>
    Encoding = 0,

    /// <summary>The pairs of a run.</summary>
    Pairs = 1,

    /// <summary>The entities of a run.</summary>
    Entities = 2,

    /// <summary>The model a run estimated or was given.</summary>
    Model = 3,

    /// <summary>The report of a run.</summary>
    Report = 4,

    /// <summary>Versions, fingerprints, options and counts of a run.</summary>
    RunFacts = 5,
}

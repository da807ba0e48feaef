namespace Linkage.Sidecar.Storage;

/// <summary>Why the store refuses a change.</summary>
internal enum StoreRefusal
{
    /// <summary>There is no such thing, or it is being removed.</summary>
    NotFound,

    /// <summary>The state does not allow it.</summary>
    WrongState,

    /// <summary>It was decided on by terms or an attempt that are no longer in force.</summary>
    Stale,

    /// <summary>The idempotency key was used for something else.</summary>
    KeyReused,

    /// <summary>A chunk is not one of the announced grid.</summary>
    WrongChunk,

    /// <summary>A chunk differs from the acknowledged one at its place.</summary>
    AlteredChunk,

    /// <summary>Not every byte has been acknowledged.</summary>
    Incomplete,

    /// <summary>The content is not what was announced.</summary>
    ChecksumMismatch,

    /// <summary>Another call has taken the upload over, or is completing it.</summary>
    Superseded,

    /// <summary>The party has too many open uploads, or too many bytes in them.</summary>
    TooManyUploads,

    /// <summary>Whoever made the project has too many runs that have not ended.</summary>
    TooManyRuns,

    /// <summary>The party has too many requests for release that wait for an answer.</summary>
    TooManyReleases,
}

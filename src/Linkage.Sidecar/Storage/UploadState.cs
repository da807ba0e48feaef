namespace Linkage.Sidecar.Storage;

/// <summary>Where an upload stands. The numbers are stored and never change their meaning.</summary>
internal enum UploadState
{
    /// <summary>Chunks are accepted.</summary>
    Receiving = 0,

    /// <summary>The whole file was verified and is a segment.</summary>
    Complete = 1,

    /// <summary>Given up, refused or withdrawn; nothing of it is kept.</summary>
    Discarded = 2,

    /// <summary>Given up because nothing more came; nothing of it is kept. Stored as discarded, with a mark.</summary>
    Expired = 3,
}

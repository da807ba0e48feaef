namespace Linkage.Sidecar.Storage;

/// <summary>A change of a linked project that is stored whole or not at all.</summary>
internal sealed record LiveEdit
{
    /// <summary>The project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The run whose entities it changes.</summary>
    public required string RunId { get; init; }

    /// <summary>Records that come; null for none.</summary>
    public AddedFile? Added { get; init; }

    /// <summary>Files of records that were added under an earlier run and are linked to this one's entities
    /// now.</summary>
    public IReadOnlyList<long> Adopted { get; init; } = [];

    /// <summary>Records that go.</summary>
    public IReadOnlyList<RemovedRecord> Removed { get; init; } = [];

    /// <summary>Files of added records that some of them were in.</summary>
    public IReadOnlyList<ReducedAddition> Reduced { get; init; } = [];

    /// <summary>A decision of a person; null for none.</summary>
    public DecidedPair? Decided { get; init; }

    /// <summary>The changes of link ids that come of it, in order.</summary>
    public IReadOnlyList<LinkChange> Changes { get; init; } = [];

    /// <summary>Rows that are in no block any more because of it.</summary>
    public long DroppedRows { get; init; }
}

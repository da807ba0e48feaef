namespace Linkage.Core;

/// <summary>What a person decided about two records; it stands above what the model says.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">Another; the order does not matter.</param>
/// <param name="IsMatch">True for one person, false for two.</param>
public sealed record PairDecision(RecordReference Left, RecordReference Right, bool IsMatch)
{
    /// <summary>Where it was read, such as file and row; said in messages, which never name a record.</summary>
    public string? Source { get; init; }

    /// <summary>Where it was read, without the records.</summary>
    /// <returns>The source, or the type's name.</returns>
    public override string ToString() => Source ?? nameof(PairDecision);
}

namespace Linkage.Bloom.Agreement;

/// <summary>What a joint level asks of one field.</summary>
/// <param name="Position">Place of the field among the fields of its comparison.</param>
/// <param name="Least">The level the field must at least reach.</param>
internal readonly record struct LevelDemand(int Position, int Least);

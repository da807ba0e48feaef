namespace Linkage.Bloom.Normalization;

/// <summary>An entry of the address tables.</summary>
/// <param name="Canonical">The short form that stands for all spellings of the word.</param>
/// <param name="Class">What the word is.</param>
internal readonly record struct AddressWord(string Canonical, AddressWordClass Class);

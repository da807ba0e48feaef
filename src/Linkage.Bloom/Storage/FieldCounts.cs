namespace Linkage.Bloom.Storage;

/// <summary>What was found in one field of a party's records.</summary>
/// <param name="Present">Records with a usable value.</param>
/// <param name="Cut">Values over the stated length, cut.</param>
/// <param name="InvalidDates">Dates that do not exist or cannot be read; their digits still count.</param>
public sealed record FieldCounts(int Present, int Cut, int InvalidDates);

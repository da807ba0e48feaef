using System.Collections.Frozen;

namespace Linkage.Bloom.Normalization;

/// <summary>The words of street addresses that have a short form: street types, directions, units.</summary>
internal static partial class AddressWords
{
    /// <summary>The unit word that stands for the number sign.</summary>
    public const string NumberSign = "APT";

    private static readonly FrozenDictionary<string, AddressWord> Entries = Parse();

    private static readonly FrozenDictionary<string, AddressWord>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Entries.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every spelling in the tables.</summary>
    public static IEnumerable<string> Spellings => Entries.Keys;

    /// <summary>Finds a word.</summary>
    /// <param name="word">One word of a folded address.</param>
    /// <param name="entry">Its short form and class.</param>
    /// <returns>Whether the tables hold the word.</returns>
    public static bool TryFind(ReadOnlySpan<char> word, out AddressWord entry) => Lookup.TryGetValue(word, out entry);

    /// <summary>Says what a word is; <see cref="AddressWordClass.Other"/> when the tables do not hold it.</summary>
    public static AddressWordClass Classify(ReadOnlySpan<char> word) =>
        TryFind(word, out AddressWord entry) ? entry.Class : AddressWordClass.Other;

    private static FrozenDictionary<string, AddressWord> Parse()
    {
        Dictionary<string, AddressWord> entries = new(StringComparer.Ordinal);
        Add(entries, StreetTypes, AddressWordClass.StreetType);
        Add(entries, Directions, AddressWordClass.Direction);
        Add(entries, Units, AddressWordClass.Unit);
        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, AddressWord> entries, string[] lines, AddressWordClass kind)
    {
        foreach (string line in lines)
        {
            string[] spellings = line.Split(' ');
            foreach (string spelling in spellings)
            {
                entries.Add(spelling, new AddressWord(spellings[0], kind));
            }
        }
    }
}

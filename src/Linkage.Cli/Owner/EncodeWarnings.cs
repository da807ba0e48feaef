using Linkage.Bloom.Storage;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Owner;

/// <summary>Says what was odd in a party's records: by counts, never by value.</summary>
internal static class EncodeWarnings
{
    /// <summary>Finds what the owner should look at.</summary>
    /// <param name="header">The header of the file written.</param>
    /// <returns>One line each.</returns>
    public static IEnumerable<string> Find(EncodedFileHeader header)
    {
        for (int i = 0; i < header.Fields.Count; i++)
        {
            string name = header.Schema.Fields[i].Name;
            FieldCounts counts = header.Fields[i];
            if (counts.InvalidDates > 0)
            {
                yield return $"field {name}: {Of(counts.InvalidDates)} hold no date that exists";
            }

            if (counts.Cut > 0)
            {
                yield return $"field {name}: {Of(counts.Cut)} are too long and were cut";
            }

            if (counts.Present == 0)
            {
                yield return $"field {name}: no record has a usable value";
            }
        }

        if (header.UnusableRecords > 0)
        {
            yield return $"{Figures.Count(header.UnusableRecords)} records have no usable field and cannot be linked";
        }

        for (int i = 0; i < header.Passes.Count; i++)
        {
            foreach (string line in FindInPass(header.Schema.Passes[i].Name, header.Passes[i], header.RecordCount))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> FindInPass(string name, PassCounts counts, int records)
    {
        if (counts.DroppedBlocks > 0)
        {
            yield return $"pass {name}: {Figures.Count(counts.DroppedBlocks)} blocks with "
                + $"{Figures.Count(counts.DroppedRecords)} records "
                + $"({Figures.Percent(counts.DroppedRecords, records)}) are over the block limit and were dropped";
        }

        if (counts.WithoutKey == records)
        {
            yield return $"pass {name}: no record has all parts of the key";
        }
    }

    private static string Of(int count) => $"{Figures.Count(count)} values";
}

using System.Runtime.InteropServices;
using Linkage.Bloom.Schemas;

namespace Linkage.Core.Lookup;

/// <summary>Which rows of a block are used, however they came: those an owner's encoder would have used, too.</summary>
/// <remarks>
/// A party's rows are left out by how many the party itself has there, as in its own files, and by nothing else: if the
/// others' rows counted, whoever adds made-up records until a block is dropped would learn how many the others have in
/// it. The limit of all parties together holds beside it, for files of more parties than the schema speaks of.
/// Immutable.
/// </remarks>
internal sealed class BlockRule
{
    private readonly int _parties;

    public BlockRule(LinkageSchema schema, int parties)
    {
        _parties = parties;
        MostOfParty = Math.Max(2, Math.Min(schema.BlockLimit, SchemaLimits.MaxBlockRecords / schema.Parties));
    }

    /// <summary>The most rows of a party that a block may have.</summary>
    public int MostOfParty { get; }

    /// <summary>Leaves only those rows in a list that are used.</summary>
    /// <param name="block">The rows of a block that are not removed.</param>
    /// <param name="party">Number of the party whose record asks as one of the index; -1 for none.</param>
    /// <returns>False if the block says nothing to it.</returns>
    public bool Apply(List<IndexedRow> block, int party)
    {
        if (block.Count > MostOfParty)
        {
            int[] counts = new int[_parties];
            foreach (IndexedRow row in CollectionsMarshal.AsSpan(block))
            {
                counts[row.File.Party]++;
            }

            if (party >= 0 && counts[party] > MostOfParty)
            {
                return false;
            }

            _ = block.RemoveAll(row => counts[row.File.Party] > MostOfParty);
        }

        return block.Count <= SchemaLimits.MaxBlockRecords;
    }
}

using Linkage.Core.Clustering;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>The figures of a result that several files tell, counted once. Immutable.</summary>
internal sealed class RunCounts
{
    private RunCounts()
    {
    }

    public required long Matches { get; init; }

    public required long Possibles { get; init; }

    /// <summary>All candidate pairs that are neither; kept or not.</summary>
    public required long NonMatches { get; init; }

    /// <summary>Non-matches that were heavy enough to be kept in the result.</summary>
    public required long KeptNonMatches { get; init; }

    /// <summary>Pairs over a threshold that lost to a better partner of one of their records.</summary>
    public required long LostPairs { get; init; }

    /// <summary>For every file its records whose entity has another record.</summary>
    public required IReadOnlyList<int> LinkedRecords { get; init; }

    /// <summary>Entities with records of two parties or more.</summary>
    public required int SharedEntities { get; init; }

    /// <summary>Entities by size, smallest first.</summary>
    public required IReadOnlyList<EntitySize> EntitySizes { get; init; }

    /// <summary>Entities of three records or more in which one link alone holds two parts together.</summary>
    public required int BridgedEntities { get; init; }

    public static RunCounts From(LinkResult result)
    {
        long[] decided = new long[3];
        foreach (LinkedPair pair in result.Pairs)
        {
            decided[(int)pair.Decision]++;
        }

        (long matches, long possibles) = (decided[(int)Decision.Match], decided[(int)Decision.Possible]);
        int[] labels = new int[result.RecordCount];
        for (int record = 0; record < labels.Length; record++)
        {
            labels[record] = result.EntityOf(record);
        }

        (int[] linked, int shared) = CountLinks(result, labels);
        return new RunCounts
        {
            Matches = matches,
            Possibles = possibles,
            NonMatches = result.CandidateCount - matches - possibles,
            KeptNonMatches = decided[(int)Decision.NonMatch],
            LostPairs = result.LostPairs,
            LinkedRecords = linked,
            SharedEntities = shared,
            BridgedEntities = result.EntityMetrics.Count(entity => entity is { Records: > 2, Bridges: > 0 }),
            EntitySizes = Clustering.EntitySizes.Histogram(
                new EntityClusters(labels, result.EntityCount, result.RefusedLinks)),
        };
    }

    private static (int[] LinkedRecords, int SharedEntities) CountLinks(LinkResult result, int[] labels)
    {
        const int Nobody = -1;
        const int Several = -2;
        int[] records = new int[result.EntityCount];
        int[] party = new int[result.EntityCount];
        Array.Fill(party, Nobody);
        foreach (int entity in labels)
        {
            records[entity]++;
        }

        int[] linked = new int[result.Files.Count];
        int at = 0;
        for (int file = 0; file < linked.Length; file++)
        {
            for (int end = at + result.Files[file].RecordCount; at < end; at++)
            {
                int entity = labels[at];
                linked[file] += records[entity] > 1 ? 1 : 0;
                party[entity] = party[entity] == Nobody || party[entity] == file ? file : Several;
            }
        }

        return (linked, party.Count(one => one == Several));
    }
}

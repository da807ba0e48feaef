using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>The links of all records as a graph, in which bridges are found.</summary>
/// <remarks>
/// R. E. Tarjan: A note on finding the bridges of a graph, Information Processing Letters 2 (1974), 160–161; here
/// with the lowest number reachable by one link back, and without recursion: an entity may be a chain of thousands.
/// </remarks>
internal sealed class EntityGraph
{
    private const int None = -1;

    private readonly int[] _starts;
    private readonly (int Record, int Link)[] _ends;

    /// <summary>Takes the links in.</summary>
    /// <param name="recordCount">Number of records.</param>
    /// <param name="links">Two different records each, no pair twice.</param>
    public EntityGraph(int recordCount, ReadOnlySpan<WeightedEdge> links)
    {
        _starts = new int[recordCount + 1];
        foreach (WeightedEdge link in links)
        {
            _starts[link.Left]++;
            _starts[link.Right]++;
        }

        for (int record = 1; record <= recordCount; record++)
        {
            _starts[record] += _starts[record - 1];
        }

        // Filling backwards from the ends leaves every start in its place.
        _ends = new (int, int)[2 * links.Length];
        for (int i = links.Length - 1; i >= 0; i--)
        {
            _ends[--_starts[links[i].Left]] = (links[i].Right, i);
            _ends[--_starts[links[i].Right]] = (links[i].Left, i);
        }
    }

    /// <summary>The numbers of the links without which their two records would not be connected.</summary>
    public List<int> FindBridges()
    {
        int records = _starts.Length - 1;
        int[] number = new int[records];
        int[] lowest = new int[records];
        int[] next = _starts[..records];
        Array.Fill(number, None);
        var bridges = new List<int>();
        var path = new Stack<(int Record, int Link)>();
        int count = 0;
        for (int root = 0; root < records; root++)
        {
            if (number[root] != None)
            {
                continue;
            }

            number[root] = lowest[root] = count++;
            path.Push((root, None));
            while (path.TryPeek(out (int Record, int Link) here))
            {
                if (next[here.Record] < _starts[here.Record + 1])
                {
                    (int record, int link) = _ends[next[here.Record]++];
                    if (number[record] == None)
                    {
                        number[record] = lowest[record] = count++;
                        path.Push((record, link));
                    }
                    else if (link != here.Link)
                    {
                        lowest[here.Record] = Math.Min(lowest[here.Record], number[record]);
                    }

                    continue;
                }

                _ = path.Pop();
                if (path.TryPeek(out (int Record, int Link) before))
                {
                    lowest[before.Record] = Math.Min(lowest[before.Record], lowest[here.Record]);
                    if (lowest[here.Record] > number[before.Record])
                    {
                        bridges.Add(here.Link);
                    }
                }
            }
        }

        return bridges;
    }
}

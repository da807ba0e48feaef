namespace Linkage.Core.Assignment;

/// <summary>Maximum-weight matching of one connected component by successive shortest augmenting paths.</summary>
/// <remarks>
/// <para>
/// The method of Kuhn (1955) and Munkres (1957) in its shortest-path form: H. W. Kuhn, "The Hungarian method for the
/// assignment problem", Naval Research Logistics Quarterly 2; J. Munkres, "Algorithms for the assignment and
/// transportation problems", J. SIAM 5; R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and
/// sparse linear assignment problems", Computing 38 (1987). Dijkstra over reduced costs with potentials: R. K. Ahuja,
/// T. L. Magnanti, J. B. Orlin, "Network Flows", Prentice Hall 1993, sections 9.7 and 12.4.
/// </para>
/// <para>
/// Records may stay single, so the potentials u of left and v of right records keep: u + v ≥ weight on every edge,
/// equal on matched ones; u, v ≥ 0, and 0 for a record that stays single. These are the complementary slackness
/// conditions of the matching's linear program, so a matching that meets them is the best. Left records enter one by
/// one; the shortest path from the newcomer ends at a single right record, or at a left record (itself perhaps) that
/// becomes single because that costs less.
/// </para>
/// <para>An object serves one thread and is used for many components; its arrays only grow.</para>
/// </remarks>
internal sealed class ComponentSolver
{
    private const int None = -1;

    private readonly PriorityQueue<int, PathKey> _queue = new();
    private readonly List<int> _reached = [];
    private readonly List<int> _settledMatched = [];

    private int[] _leftStart = [];
    private int[] _edgeByLeft = [];
    private double[] _leftPotential = [];
    private int[] _leftEdge = [];
    private double[] _rightPotential = [];
    private int[] _rightEdge = [];
    private double[] _distance = [];
    private int[] _reachedBy = [];
    private bool[] _settled = [];

    private readonly long _maxSteps;
    private long _steps;

    // Where the current search ends: the distance, and either a single right record or a left one to be let go.
    private double _endDistance;
    private int _endRight;
    private int _endLeft;

    /// <summary>Makes a solver that gives up on a component after so many steps, looks at an edge being one.</summary>
    internal ComponentSolver(long maxSteps)
    {
        _maxSteps = maxSteps;
    }

    /// <summary>Total weight of the matching found last, summed in edge order.</summary>
    internal double Total { get; private set; }

    /// <summary>Solves a component.</summary>
    /// <param name="edges">Positive weights, heaviest first; record numbers dense from zero on each side.</param>
    /// <param name="leftCount">Left records.</param>
    /// <param name="rightCount">Right records.</param>
    /// <param name="cancellationToken">Looked at before each search.</param>
    /// <returns>False if it took too many steps; then there is no matching to ask for.</returns>
    internal bool TrySolve(
        ReadOnlySpan<WeightedEdge> edges, int leftCount, int rightCount, CancellationToken cancellationToken)
    {
        Prepare(edges, leftCount, rightCount);
        _steps = 0;
        for (int root = 0; root < leftCount; root++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Search(edges, root);
            UpdatePotentials(edges, root);
            Augment(edges, root);
            Forget();
            if (_steps > _maxSteps)
            {
                return false;
            }
        }

        Total = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            Total += IsKept(edges[i].Left, i) ? edges[i].Weight : 0;
        }

        return true;
    }

    /// <summary>Whether the matching found last holds this edge of this left record.</summary>
    internal bool IsKept(int left, int edge) => _leftEdge[left] == edge;

    private void Prepare(ReadOnlySpan<WeightedEdge> edges, int leftCount, int rightCount)
    {
        Reset(ref _leftStart, leftCount + 1, 0);
        Reset(ref _edgeByLeft, edges.Length, 0);
        Reset(ref _leftPotential, leftCount, 0);
        Reset(ref _leftEdge, leftCount, None);
        Reset(ref _rightPotential, rightCount, 0);
        Reset(ref _rightEdge, rightCount, None);
        Reset(ref _distance, rightCount, double.PositiveInfinity);
        Reset(ref _reachedBy, rightCount, None);
        Reset(ref _settled, rightCount, false);

        // Counting sort by left record; within a record the edges keep their order. Filling backwards from the ends
        // leaves every start in its place.
        foreach (WeightedEdge edge in edges)
        {
            _leftStart[edge.Left]++;
        }

        for (int left = 1; left <= leftCount; left++)
        {
            _leftStart[left] += _leftStart[left - 1];
        }

        for (int i = edges.Length - 1; i >= 0; i--)
        {
            _edgeByLeft[--_leftStart[edges[i].Left]] = i;
        }
    }

    /// <summary>Dijkstra from a left record that has just come in, until the cheapest end is certain.</summary>
    private void Search(ReadOnlySpan<WeightedEdge> edges, int root)
    {
        double potential = 0;
        for (int i = _leftStart[root]; i < _leftStart[root + 1]; i++)
        {
            WeightedEdge edge = edges[_edgeByLeft[i]];
            potential = Math.Max(potential, edge.Weight - _rightPotential[edge.Right]);
        }

        _leftPotential[root] = potential;
        _endDistance = potential;
        _endLeft = root;
        _endRight = None;
        Relax(edges, root, 0);

        // On equal distances a single right record wins over letting a left one go: more records get a partner.
        while (_queue.TryDequeue(out int right, out PathKey key) && key.Distance <= _endDistance)
        {
            if (_settled[right])
            {
                continue;
            }

            _settled[right] = true;
            if (_rightEdge[right] == None)
            {
                _endDistance = key.Distance;
                _endRight = right;
                return;
            }

            _settledMatched.Add(right);
            int left = edges[_rightEdge[right]].Left;
            double letGo = key.Distance + _leftPotential[left];
            if (letGo < _endDistance)
            {
                _endDistance = letGo;
                _endLeft = left;
            }

            Relax(edges, left, key.Distance);
        }
    }

    /// <summary>Offers the neighbors of a left record at a known distance to the queue.</summary>
    private void Relax(ReadOnlySpan<WeightedEdge> edges, int left, double distance)
    {
        double potential = _leftPotential[left];
        _steps += _leftStart[left + 1] - _leftStart[left];
        for (int i = _leftStart[left]; i < _leftStart[left + 1]; i++)
        {
            int index = _edgeByLeft[i];
            WeightedEdge edge = edges[index];

            // Rounding may leave a slack a hair below zero, which Dijkstra does not forgive.
            double slack = Math.Max(0, potential + _rightPotential[edge.Right] - edge.Weight);
            double reach = distance + slack;
            if (reach > _endDistance || reach >= _distance[edge.Right])
            {
                continue;
            }

            if (_reachedBy[edge.Right] == None)
            {
                _reached.Add(edge.Right);
            }

            _distance[edge.Right] = reach;
            _reachedBy[edge.Right] = index;
            _queue.Enqueue(edge.Right, new PathKey(reach, _rightEdge[edge.Right] != None, edge.Right));
        }
    }

    /// <summary>Moves the potentials so that the path to the end becomes tight and no edge is overdrawn.</summary>
    private void UpdatePotentials(ReadOnlySpan<WeightedEdge> edges, int root)
    {
        _leftPotential[root] = Math.Max(0, _leftPotential[root] - _endDistance);
        foreach (int right in _settledMatched)
        {
            double change = Math.Max(0, _endDistance - _distance[right]);
            int left = edges[_rightEdge[right]].Left;
            _rightPotential[right] += change;
            _leftPotential[left] = Math.Max(0, _leftPotential[left] - change);
        }
    }

    /// <summary>Swaps matched and unmatched edges along the path from the end back to the root.</summary>
    private void Augment(ReadOnlySpan<WeightedEdge> edges, int root)
    {
        int right = _endRight;
        if (right == None)
        {
            if (_endLeft == root)
            {
                return;
            }

            right = edges[_leftEdge[_endLeft]].Right;
            _leftEdge[_endLeft] = None;
        }

        while (true)
        {
            int edge = _reachedBy[right];
            int left = edges[edge].Left;
            int given = _leftEdge[left];
            _leftEdge[left] = edge;
            _rightEdge[right] = edge;
            if (left == root)
            {
                return;
            }

            right = edges[given].Right;
        }
    }

    /// <summary>Clears what the search touched, and no more, so that a search costs what it looked at.</summary>
    private void Forget()
    {
        foreach (int right in _reached)
        {
            _distance[right] = double.PositiveInfinity;
            _reachedBy[right] = None;
            _settled[right] = false;
        }

        _reached.Clear();
        _settledMatched.Clear();
        _queue.Clear();
    }

    private static void Reset<T>(ref T[] array, int length, T value)
    {
        if (array.Length < length)
        {
            array = new T[Math.Max(length, array.Length * 2)];
        }

        array.AsSpan(0, length).Fill(value);
    }
}

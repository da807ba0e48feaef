using Linkage.Core.Evaluation;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Evaluation;

/// <summary>A linkage of two sources whose pairs fail together by person, with known precision and recall.</summary>
internal sealed class SimulatedLinkage
{
    /// <summary>Recall that the draws vary about: lost persons lose all their pairs, the others a few.</summary>
    public const double Recall = (1 - LostShare) * FoundShare;

    /// <summary>Precision that the draws vary about, from pairs to expect a person.</summary>
    public const double Precision = MeanPairs * Recall / ((MeanPairs * Recall) + (ConfusedShare * MeanStrangers));

    private const double LostShare = 0.1;
    private const double FoundShare = 0.98;
    private const double ConfusedShare = 0.05;
    private const double MeanPairs = 1.5 * 1.5;
    private const double MeanStrangers = 2;

    private readonly List<int> _sources = [];
    private readonly List<int> _truth = [];
    private readonly List<string?> _groups = [];
    private readonly List<PredictedPair> _pairs = [];

    public SimulatedLinkage(ulong seed, int persons, int groups = 1)
    {
        SmallRandom random = new(seed);
        List<int>[][] records = new List<int>[persons][];
        for (int person = 0; person < persons; person++)
        {
            records[person] = [AddRecords(random, 0, person, groups), AddRecords(random, 1, person, groups)];
        }

        for (int person = 0; person < persons; person++)
        {
            Find(random, records[person]);
            Confuse(random, records, person);
        }
    }

    public EvaluationRecords Records => new(2, [.. _sources], [.. _truth], _groups);

    public PredictedPair[] Pairs => [.. _pairs];

    private List<int> AddRecords(SmallRandom random, int source, int person, int groups)
    {
        List<int> added = [];
        for (int count = 1 + random.Next(2); count > 0; count--)
        {
            added.Add(_sources.Count);
            _sources.Add(source);
            _truth.Add(person);
            _groups.Add($"{person % groups}");
        }

        return added;
    }

    private void Find(SmallRandom random, List<int>[] records)
    {
        bool isLost = random.NextDouble() < LostShare;
        foreach ((int left, int right) in records[0].SelectMany(left => records[1].Select(right => (left, right))))
        {
            bool isFound = random.NextDouble() < FoundShare;
            _pairs.Add(new PredictedPair(left, right, 9, isFound && !isLost));
        }
    }

    private void Confuse(SmallRandom random, List<int>[][] records, int person)
    {
        if (random.NextDouble() >= ConfusedShare)
        {
            return;
        }

        for (int strangers = 1 + random.Next(3); strangers > 0; strangers--)
        {
            int stranger = (person + 1 + random.Next(records.Length - 1)) % records.Length;
            _pairs.Add(new PredictedPair(records[person][0][0], records[stranger][1][0], 5, true));
        }
    }
}

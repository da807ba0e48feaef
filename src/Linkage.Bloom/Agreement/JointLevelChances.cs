using System.Numerics;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Agreement;

/// <summary>With what chance a pair reaches each level of a comparison, given how far its fields differ.</summary>
/// <remarks>
/// The joint level is the best whose demands all hold. Every field, at its level, leaves a set of joint levels
/// possible; the sets that all leave possible, with their chances, are kept as bits while the fields are gone
/// through. Fields are independent given their distances: they have independent keys, and with those the parities of
/// two fields at shared indices are uncorrelated. Not thread-safe.
/// </remarks>
internal sealed class JointLevelChances
{
    /// <summary>Stands for the distance of a field that one of the records lacks.</summary>
    public const int Missing = -1;

    // In a million pairs this is a millionth of a pair.
    private const double Negligible = 1e-12;

    private readonly FieldLevelChances[] _fields;
    private readonly int[][] _allowedAtLevel;
    private readonly int[] _allowedWhenMissing;
    private readonly List<Outcome>?[][] _byDistance;
    private readonly int _joint;
    private List<Outcome> _current = [];
    private List<Outcome> _next = [];

    public JointLevelChances(LinkageSchema schema, ComparedFields comparison)
    {
        FieldSchema[] fields = [.. comparison.Fields.Select(field => schema.Fields[field])];
        _joint = comparison.Levels.Count;
        _fields = [.. fields.Select(field => new FieldLevelChances(field, schema.Profile))];
        _byDistance = [.. fields.Select(_ => new List<Outcome>?[SchemaLimits.BitLength + 1])];
        _allowedWhenMissing = [.. fields.Select((_, position) => Allowed(comparison, position, -1))];
        _allowedAtLevel =
        [
            .. fields.Select((field, position) => Enumerable.Range(0, field.LevelCount)
                .Select(level => Allowed(comparison, position, level))
                .ToArray()),
        ];
    }

    /// <summary>Adds the chance of every level, worst first, to sums.</summary>
    /// <param name="distances">
    /// Differing bits of the base encodings, one of every field of the comparison, or <see cref="Missing"/>; not all
    /// are missing.
    /// </param>
    /// <param name="sums">As many as the comparison has levels.</param>
    public void Add(ReadOnlySpan<int> distances, Span<double> sums)
    {
        _current.Clear();
        _current.Add(new Outcome((1 << _joint) - 1, 1));
        for (int position = 0; position < distances.Length; position++)
        {
            Narrow(position, distances[position]);
        }

        foreach (Outcome outcome in _current)
        {
            int level = outcome.Allowed == 0 ? 0 : _joint - BitOperations.TrailingZeroCount(outcome.Allowed);
            sums[level] += outcome.Chance;
        }
    }

    private static int Allowed(ComparedFields comparison, int position, int level)
    {
        int allowed = 0;
        for (int i = 0; i < comparison.Levels.Count; i++)
        {
            bool holds = comparison.Levels[i].All(demand => demand.Position != position || level >= demand.Least);
            allowed |= holds ? 1 << i : 0;
        }

        return allowed;
    }

    private void Narrow(int position, int distance)
    {
        if (distance == Missing)
        {
            int left = _allowedWhenMissing[position];
            _next.Clear();
            foreach (Outcome outcome in _current)
            {
                Merge(_next, outcome.Allowed & left, outcome.Chance);
            }
        }
        else
        {
            List<Outcome> ofField = _byDistance[position][distance] ??= OutcomesOf(position, distance);
            _next.Clear();
            foreach (Outcome outcome in _current)
            {
                foreach (Outcome own in ofField)
                {
                    Merge(_next, outcome.Allowed & own.Allowed, outcome.Chance * own.Chance);
                }
            }
        }

        (_current, _next) = (_next, _current);
    }

    private List<Outcome> OutcomesOf(int position, int distance)
    {
        var outcomes = new List<Outcome>();
        ReadOnlySpan<double> chances = _fields[position].Of(distance);
        for (int level = 0; level < chances.Length; level++)
        {
            if (chances[level] > Negligible)
            {
                Merge(outcomes, _allowedAtLevel[position][level], chances[level]);
            }
        }

        return outcomes;
    }

    private static void Merge(List<Outcome> outcomes, int allowed, double chance)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Allowed == allowed)
            {
                outcomes[i] = new Outcome(allowed, outcomes[i].Chance + chance);
                return;
            }
        }

        outcomes.Add(new Outcome(allowed, chance));
    }

    private readonly record struct Outcome(int Allowed, double Chance);
}

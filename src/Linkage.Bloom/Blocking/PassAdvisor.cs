using System.Diagnostics;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>Proposes the passes of a schema from an owner's own records.</summary>
/// <remarks>
/// <para>
/// For each source of evidence (date of birth, name, identifiers, phone, address; where these are fewer than five also
/// postcode, e-mail, texts and other views of names and date of birth) it takes the coarsest derivation with
/// N · c ≤ 10 pairs a record and no block over the limit, where c is the share of pairs of records that share a key. A
/// source that nothing refines far enough may make up to 50 pairs a record and lose one record in twenty to blocks over
/// the limit; else it is left out. No pass draws on one name alone.
/// </para>
/// <para>
/// Runs at the owner, on plaintext, and keeps hashes under a key of its own only, of at most 262,144 records: of more,
/// a uniform sample. The same records in the same order always give the same proposal. Not thread-safe.
/// </para>
/// </remarks>
[DebuggerDisplay("PassAdvisor")]
public sealed class PassAdvisor : IDisposable
{
    private const double MostPairs = 10;
    private const double MostPairsWide = 50;
    private const double MostDropped = 0.05;
    private const double LeastCoverage = 0.2;
    private const int LongestName = 64;
    private const int SourcesWanted = 5;
    private const int LeastPassesWanted = 8;

    // Six filters of 128 bytes in five passes are about 4 KB a record; fewer filters leave room for more passes.
    private const int MostFilterColumns = 32;

    private readonly FieldSchema[] _fields;
    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);
    private readonly PassAdvisorSample _sample;

    /// <summary>Makes an advisor.</summary>
    /// <param name="fields">The fields of the schema to be.</param>
    /// <param name="dateOrder">Order of day, month and year in the dates, where their form leaves it open.</param>
    public PassAdvisor(IReadOnlyList<FieldSchema> fields, DateOrder dateOrder = DateOrder.YearMonthDay)
        : this(fields, dateOrder, PassAdvisorSample.DefaultCapacity)
    {
    }

    internal PassAdvisor(IReadOnlyList<FieldSchema> fields, DateOrder dateOrder, int capacity)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = [.. fields];
        List<KeyPart> parts = [];
        foreach (DerivationKind kind in Enum.GetValues<DerivationKind>())
        {
            int field = IndexOf(KeyPart.RoleOf(kind));
            int second = kind == DerivationKind.NS ? IndexOf(FieldRole.FamilyName) : -1;
            if (kind != DerivationKind.Whole && field >= 0 && (kind != DerivationKind.NS || second >= 0))
            {
                _parts.Add(kind.ToString(), parts.Count);
                parts.Add(new KeyPart(kind, field, second));
            }
        }

        for (int i = 0; i < _fields.Length; i++)
        {
            if (PassAdvisorSources.IsBlockedWhole(_fields[i]))
            {
                _parts.Add(_fields[i].Name, parts.Count);
                parts.Add(new KeyPart(DerivationKind.Whole, i, -1));
            }
        }

        _sample = new PassAdvisorSample([.. parts], _fields, dateOrder, capacity);
    }

    /// <summary>Records given so far.</summary>
    public long RecordCount => _sample.Offered;

    /// <summary>Takes in a record.</summary>
    /// <param name="values">Raw values in the order of the fields; null or empty when missing.</param>
    public void Add(ReadOnlySpan<string?> values) => _sample.Add(values);

    /// <summary>Proposes passes for the records given so far.</summary>
    /// <param name="population">N: records of the larger file the passes are meant for.</param>
    /// <param name="parties">Parties that will take part; many make blocks that must stay small in each.</param>
    /// <param name="blockLimit">Most records of one party in a block.</param>
    /// <returns>The passes, best first; empty when the fields allow none.</returns>
    public IReadOnlyList<PassProposal> Propose(long population, int parties = 2, int blockLimit = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parties, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parties, SchemaLimits.MaxParties);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLimit, 2);
        int limit = LimitOf(parties, blockLimit);
        int passesWanted = Math.Max(LeastPassesWanted, MostFilterColumns / Math.Max(1, _fields.Count(f => !f.IsTag)));
        List<PassProposal> passes = [];
        int sources = 0;
        foreach (PassAdvisorSource source in PassAdvisorSources.Of(_fields, CoverageOf))
        {
            if (!source.IsReserve || sources < SourcesWanted)
            {
                sources += TryAdd(source, population, limit, passes) ? 1 : 0;
            }
        }

        foreach (PassAdvisorSource view in PassAdvisorSources.Further())
        {
            if (sources < SourcesWanted && passes.Count < passesWanted)
            {
                _ = TryAdd(view, population, limit, passes);
            }
        }

        return [.. passes.Take(SchemaLimits.MaxPasses)];
    }

    /// <summary>Guesses which share of true pairs the proposed passes will let meet.</summary>
    /// <param name="passes">What <see cref="Propose"/> returned.</param>
    /// <returns>Guesses at once, twice and three times the usual error rates.</returns>
    public IReadOnlyList<PredictedCompleteness> Predict(IReadOnlyList<PassProposal> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passes.Count, SchemaLimits.MaxPasses, nameof(passes));
        CompletenessModel model = new(
            _fields,
            [.. passes.Select(pass => new CompletenessPass([.. pass.Pass.Key.Select(PartOf)], pass.Dropped))],
            part => _sample.CoverageOf(_sample.IndexOf(part)));
        return model.PredictRange();
    }

    /// <summary>Wipes what is kept of the records.</summary>
    public void Dispose() => _sample.Dispose();

    /// <summary>Most records of one party in a block, so that those of all parties stay within bounds too.</summary>
    internal static int LimitOf(int parties, int blockLimit) =>
        Math.Max(2, Math.Min(blockLimit, SchemaLimits.MaxBlockRecords / parties));

    /// <summary>Measures a pass; null when a part of its key has no field.</summary>
    internal PassAdvisorMeasure? Measure(IReadOnlyList<string> key)
    {
        int[] parts = new int[key.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!_parts.TryGetValue(key[i], out parts[i]))
            {
                return null;
            }
        }

        return new PassAdvisorMeasure(_sample.SortedKeys(parts), _sample.Count);
    }

    private bool TryAdd(PassAdvisorSource source, long population, int limit, List<PassProposal> passes)
    {
        List<PassProposal>[] rungs =
        [
            .. source.Rungs.Select(rung => Assess(rung, population, limit)).Where(rung => rung.Count > 0),
        ];
        List<PassProposal>? chosen =
            rungs.FirstOrDefault(rung => rung.All(p => p.ExpectedPairs <= MostPairs && p.LargestBlock <= limit))
            ?? rungs.FirstOrDefault(
                rung => rung.All(p => p.ExpectedPairs <= MostPairsWide && p.Dropped <= MostDropped));
        PassProposal[] fresh =
            [.. (chosen ?? []).Where(pass => passes.TrueForAll(known => known.Pass.Name != pass.Pass.Name))];
        passes.AddRange(fresh);
        return fresh.Length > 0;
    }

    private List<PassProposal> Assess(IReadOnlyList<string[]> rung, long population, int limit)
    {
        List<PassProposal> passes = [];
        foreach (string[] key in rung)
        {
            if (Measure(key) is { } measure && measure.Coverage >= LeastCoverage)
            {
                string name = string.Join('-', key);
                passes.Add(new PassProposal(
                    new PassSchema { Name = name[..Math.Min(name.Length, LongestName)], Key = key },
                    measure.PairsAt(population, limit),
                    measure.LargestAt(population),
                    measure.Coverage,
                    measure.DroppedAt(population, limit)));
            }
        }

        return passes;
    }

    private KeyPart PartOf(string part) => _parts.TryGetValue(part, out int index)
        ? _sample.PartAt(index)
        : throw new ArgumentException("A pass has a key part that this advisor does not propose.", nameof(part));

    private double CoverageOf(string part) => Measure([part])?.Coverage ?? 0;

    private int IndexOf(FieldRole role) =>
        role == FieldRole.None ? -1 : Array.FindIndex(_fields, field => field.Role == role);
}

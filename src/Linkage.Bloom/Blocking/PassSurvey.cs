using System.Diagnostics;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>Measures the passes of a schema on an owner's own records.</summary>
/// <remarks>
/// Runs at the owner, on plaintext, and keeps hashes under a key of its own only, of at most 4,194,304 records: of
/// more, a uniform sample. The same records in the same order always give the same figures. Not thread-safe.
/// </remarks>
[DebuggerDisplay("PassSurvey")]
public sealed class PassSurvey : IDisposable
{
    /// <summary>Groups of fewer records count together, so that no figure is about a few people.</summary>
    internal const int LeastGroup = 10;

    private const int DefaultCapacity = 1 << 22;

    private readonly LinkageSchema _schema;
    private readonly KeyPart[][] _passes;
    private readonly KeyPart[] _names;
    private readonly PassAdvisorSample _sample;
    private readonly PassGroups _groups = new();

    /// <summary>Makes a survey.</summary>
    /// <param name="schema">The schema; it must be valid.</param>
    /// <param name="dateOrder">Order of day, month and year in the dates, where their form leaves it open.</param>
    /// <exception cref="LinkageSchemaException">The schema breaks a rule.</exception>
    public PassSurvey(LinkageSchema schema, DateOrder dateOrder = DateOrder.YearMonthDay)
        : this(schema, dateOrder, DefaultCapacity)
    {
    }

    internal PassSurvey(LinkageSchema schema, DateOrder dateOrder, int capacity)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schema.Validate();
        _schema = schema;
        _passes = [.. Enumerable.Range(0, schema.Passes.Count).Select(pass => KeyPart.Compile(schema, pass))];
        _names =
        [
            .. Enumerable.Range(0, schema.Fields.Count)
                .Where(field => schema.Fields[field].Kind == FieldKind.Name)
                .Select(field => new KeyPart(DerivationKind.Whole, field, -1)),
        ];
        KeyPart[] parts = [.. _passes.SelectMany(pass => pass)];
        _sample = new PassAdvisorSample(
            [.. parts.Concat(parts.SelectMany(CompletenessModel.OneField)).Concat(_names).Distinct()],
            schema.Fields,
            dateOrder,
            capacity);
    }

    /// <summary>Records given so far.</summary>
    public long RecordCount => _sample.Offered;

    /// <summary>Different groups named so far.</summary>
    public int GroupCount => _groups.Count;

    /// <summary>Takes in a record.</summary>
    /// <param name="values">Raw values in the order of the schema's fields; null or empty when missing.</param>
    /// <param name="group">A group that losses are also counted for; null to count none.</param>
    public void Add(ReadOnlySpan<string?> values, string? group = null)
    {
        int place = _sample.Add(values);
        if (place >= 0)
        {
            _groups.Set(place, group);
        }
    }

    /// <summary>Measures the passes on the records given so far.</summary>
    /// <param name="population">N: records of the larger file the figures are for.</param>
    /// <returns>The figures.</returns>
    public PassSurveyResult Measure(long population)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        int limit = PassAdvisor.LimitOf(_schema.Parties, _schema.BlockLimit);
        NameChains[] chains =
            [.. _names.Select(part => new NameChains(_sample, _sample.IndexOf(part), _schema.Fields[part.Field].Name))];
        PassFigures[] figures = new PassFigures[_passes.Length];
        bool[] met = new bool[_sample.Count];
        for (int pass = 0; pass < _passes.Length; pass++)
        {
            PassBlocks blocks = new(_sample, [.. _passes[pass].Select(_sample.IndexOf)]);
            figures[pass] = Measure(_schema.Passes[pass], blocks, population, limit, met);
            foreach (NameChains chain in chains)
            {
                chain.Join(blocks, limit);
            }
        }

        return new PassSurveyResult
        {
            Records = _sample.Count,
            Population = population,
            BlockLimit = limit,
            Passes = figures,
            RecordsInNoPass = met.Count(one => !one),
            DisjointPasses = PassRules.CountDisjoint(_schema),
            ChainedClasses = [.. chains.Select(chain => chain.Measure())],
            Completeness = Model(figures).PredictRange(),
        };
    }

    /// <summary>Wipes what is kept of the records.</summary>
    public void Dispose()
    {
        _sample.Dispose();
        _groups.Clear();
    }

    private PassFigures Measure(PassSchema pass, PassBlocks blocks, long population, int limit, bool[] met)
    {
        PassLossCounter counter = new(_groups);
        for (int record = 0; record < met.Length; record++)
        {
            int size = blocks.SizeOf(record, out _);
            bool isDropped = blocks.Measure.SizeAt(size, population) > limit;
            counter.Add(record, hasKey: size > 0, isDropped);
            met[record] |= size > 0 && !isDropped;
        }

        return new PassFigures(
            pass,
            blocks.Measure.PairsAt(population, limit),
            blocks.Measure.LargestAt(population),
            counter.Total,
            counter.ByGroup());
    }

    private CompletenessModel Model(PassFigures[] figures) => new(
        _schema.Fields,
        [.. _passes.Zip(figures, (parts, one) => new CompletenessPass(parts, Share(one.Loss.Dropped)))],
        part => _sample.CoverageOf(_sample.IndexOf(part)));

    private double Share(int records) => _sample.Count == 0 ? 0 : (double)records / _sample.Count;
}

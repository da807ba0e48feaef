using Linkage.Bloom.Schemas;
using Linkage.Core.Evaluation;
using Linkage.Core.Scoring;
using Linkage.Synthetic;

namespace Linkage.Core.Tests.Support;

/// <summary>Encoded files of people of whom the truth is known.</summary>
internal sealed class PeopleProject : IDisposable
{
    private readonly EncodedProject _project;
    private readonly List<PeopleTable> _tables = [];

    private PeopleProject(LinkageSchema schema)
    {
        _project = new EncodedProject(schema);
    }

    public EncodedProject Encoded => _project;

    /// <summary>Made-up people under the US schema; agencies named free list nobody twice.</summary>
    public static PeopleProject Generate(
        PeopleOptions options,
        ProtectionProfile profile = ProtectionProfile.Standard,
        params ReadOnlySpan<int> free)
    {
        LinkageSchema schema = Repository.Schema("us-people") with { Profile = profile };
        var generator = new PeopleGenerator(options);
        var made = new PeopleProject(schema);
        for (int agency = 0; agency < options.Agencies; agency++)
        {
            var table = PeopleTable.Generate(schema, generator, agency);
            made.Add($"agency{agency}", free.Contains(agency) ? table.WithoutDuplicates() : table);
        }

        return made;
    }

    /// <summary>The two files of FEBRL4.</summary>
    public static PeopleProject ReadFebrl4() => ReadShared("febrl4", "febrl4", "truth_id", "a", "b");

    /// <summary>The two files of 50,000 made-up people each.</summary>
    public static PeopleProject ReadPair50k() =>
        ReadShared("us-people", "pair_50k", "truth_person_id", "agency_a_health", "agency_b_benefits");

    public static PeopleProject ReadShared(string schemaName, string set, string truthColumn, params string[] parties)
    {
        LinkageSchema schema = Repository.Schema(schemaName);
        var made = new PeopleProject(schema);
        foreach (string party in parties)
        {
            string path = Path.Join(Repository.SharedData, set, $"{party}.csv");
            made.Add(party, PeopleTable.Read(path, schema, truthColumn));
        }

        return made;
    }

    /// <summary>The quality of the pairs decided to be matches.</summary>
    public LinkageQuality EvaluatePairs(LinkResult result) => PairEvaluator.Evaluate(
        Truth(result),
        [
            .. result.Pairs.Select(pair => new PredictedPair(
                pair.LeftRecord, pair.RightRecord, pair.Weight.Bits, pair.Decision == Decision.Match)),
        ]);

    /// <summary>The share of true pairs that met; the result must keep every pair, whatever its weight.</summary>
    public double EvaluateMeetings(LinkResult result) => PairEvaluator.Evaluate(
        Truth(result),
        [
            .. result.Pairs.Select(pair => new PredictedPair(
                pair.LeftRecord, pair.RightRecord, pair.Weight.Bits, IsMatch: true)),
        ]).Recall;

    /// <summary>The quality of the entities.</summary>
    public LinkageQuality EvaluateEntities(LinkResult result) => PairEvaluator.EvaluateEntities(
        Truth(result), [.. Enumerable.Range(0, result.RecordCount).Select(result.EntityOf)]);

    public void Dispose() => _project.Dispose();

    private void Add(string party, PeopleTable table)
    {
        _tables.Add(table);
        _project.Add(party, table.Rows);
    }

    private EvaluationRecords Truth(LinkResult result)
    {
        string[] parties = [.. result.Files.Select(file => file.Party)];
        int[] sources = new int[result.RecordCount];
        string[] truth = new string[result.RecordCount];
        for (int record = 0; record < truth.Length; record++)
        {
            RecordReference reference = result.Record(record);
            int party = _project.Parties.ToList().FindIndex(known => known.File.Header.Party == reference.Party);
            sources[record] = Array.IndexOf(parties, reference.Party);
            truth[record] = _tables[party].Truth[_project.Parties[party].RowOf(reference.Handle)];
        }

        return EvaluationRecords.FromLabels(parties.Length, sources, truth);
    }
}

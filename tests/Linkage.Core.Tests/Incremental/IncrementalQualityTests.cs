using Linkage.Bloom.Storage;
using Linkage.Core.Evaluation;
using Linkage.Core.Incremental;
using Linkage.Core.Lookup;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;
using Xunit.Abstractions;

namespace Linkage.Core.Tests.Incremental;

public sealed class IncrementalQualityTests(ITestOutputHelper output)
{
    private const int Agencies = 5;
    private const int PeoplePerAgency = 800;
    private const int Later = 80;

    /// <summary>A tenth of each agency's records comes after the run; the rest was linked.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(Later)]
    public void Add_TenthOfTheRecords_LinksAsWellAsAFullRunAndOldIdsStay(int batch)
    {
        var generator = new PeopleGenerator(
            new PeopleOptions { PeoplePerAgency = PeoplePerAgency, Agencies = Agencies, Seed = 31 });
        using EncodedProject whole = new(Repository.Schema("us-people"));
        using EncodedProject early = new(whole.Schema);
        PeopleTable[] tables = [.. Enumerable.Range(0, Agencies).Select(
            agency => PeopleTable.Generate(whole.Schema, generator, agency).WithoutDuplicates())];
        foreach ((int agency, PeopleTable table) in tables.Index())
        {
            _ = whole.Add($"agency{agency}", table.Rows);
            _ = early.Add($"agency{agency}", [.. table.Rows.SkipLast(Later)]);
        }

        LinkResult full = Linker.Link(whole.Files);
        LinkResult first = Linker.Link(early.Files);
        using var index = RecordIndex.Create(
            early.Files, new RecordIndexOptions { Model = first.Model, Thresholds = first.Thresholds });
        string[] oldIds =
            [.. Enumerable.Range(0, first.RecordCount).Select(record => first.LinkIds[first.EntityOf(record)])];
        var linker = IncrementalLinker.Create(index, oldIds, IncrementalOptions.From(first));
        using EncodedProject late = new(whole.Schema);
        List<(EncodedParty Party, int Agency, int FirstRow)> added = [];
        var relinked = new HashSet<int>();
        for (int start = Later; start > 0; start -= batch)
        {
            foreach ((int agency, PeopleTable table) in tables.Index())
            {
                string?[][] rows = [.. table.Rows.SkipLast(start - batch).TakeLast(batch)];
                added.Add((late.Add($"agency{agency}", rows), agency, table.Rows.Count - start));
                relinked.UnionWith(linker.Add(added[^1].Party.File).Changes
                    .Where(change => change.Kind != EntityChangeKind.Added)
                    .SelectMany(change => change.Records).Select(record => record.Number));
            }
        }

        double fullF1 = Evaluate(tables, full.RecordCount, full.Record, record => $"{full.EntityOf(record)}", whole).F1;
        double grownF1 = EvaluateGrown(tables, index, linker, early, added).F1;
        output.WriteLine(FormattableString.Invariant($"full run {fullF1:F4}, additions {grownF1:F4}"));
        Assert.InRange(grownF1, fullF1 - 0.003, 1);
        Assert.All(
            Enumerable.Range(0, oldIds.Length).Where(record => !relinked.Contains(record)),
            record => Assert.Equal(oldIds[record], linker.LinkIdOf(record)));
        Assert.InRange(relinked.Count, 0, oldIds.Length / 100);
    }

    private static LinkageQuality Evaluate(
        PeopleTable[] tables,
        int count,
        Func<int, RecordReference> record,
        Func<int, string> entity,
        EncodedProject project)
    {
        int[] sources = new int[count];
        string[] truth = new string[count];
        for (int i = 0; i < count; i++)
        {
            RecordReference reference = record(i);
            int agency = reference.Party[^1] - '0';
            sources[i] = agency;
            truth[i] = tables[agency].Truth[project.Parties[agency].RowOf(reference.Handle)];
        }

        return Quality(sources, truth, [.. Enumerable.Range(0, count).Select(entity)]);
    }

    private static LinkageQuality EvaluateGrown(
        PeopleTable[] tables,
        RecordIndex index,
        IncrementalLinker linker,
        EncodedProject early,
        List<(EncodedParty Party, int Agency, int FirstRow)> added)
    {
        var rows = new Dictionary<RecordReference, (int Agency, int Row)>();
        foreach ((int agency, EncodedParty party) in early.Parties.Index())
        {
            Take(party, agency, 0);
        }

        foreach ((EncodedParty party, int agency, int firstRow) in added)
        {
            Take(party, agency, firstRow);
        }

        int[] records = [.. Enumerable.Range(0, index.RecordCount)];
        (int Agency, int Row)[] known = [.. records.Select(record => rows[index.Reference(record)])];
        return Quality(
            [.. known.Select(row => row.Agency)],
            [.. known.Select(row => tables[row.Agency].Truth[row.Row])],
            [.. records.Select(record => linker.LinkIdOf(record)!)]);

        void Take(EncodedParty party, int agency, int firstRow)
        {
            foreach (string handle in Handles(party.File))
            {
                rows[new RecordReference($"agency{agency}", handle)] = (agency, firstRow + party.RowOf(handle));
            }
        }
    }

    private static LinkageQuality Quality(int[] sources, string[] truth, string[] entities)
    {
        Dictionary<string, int> numbers = [];
        int[] labels = [.. entities.Select(entity => numbers.TryGetValue(entity, out int label)
            ? label
            : numbers[entity] = numbers.Count)];
        return PairEvaluator.EvaluateEntities(EvaluationRecords.FromLabels(Agencies, sources, truth), labels);
    }

    private static IEnumerable<string> Handles(EncodedFile file) => Enumerable.Range(0, file.Merge.RecordCount)
        .Select(record => Convert.ToHexStringLower(file.Merge.Handle(record)));
}

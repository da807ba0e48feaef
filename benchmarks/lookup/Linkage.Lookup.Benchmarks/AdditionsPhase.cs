using Linkage.Bloom.Keys;
using Linkage.Core;
using Linkage.Core.Evaluation;
using Linkage.Synthetic;

namespace Linkage.Lookup.Benchmarks;

/// <summary>Records that are added to a linked project, beside a run over all records from the start.</summary>
/// <remarks>Of every source the last records are held back, linked to nothing, and added afterwards.</remarks>
internal static class AdditionsPhase
{
    private const int Sources = 5;
    private const int Records = 10_000;
    private const int Added = 1_000;

    /// <summary>Compares both ways and writes a table.</summary>
    /// <param name="csv">A file for each source; people are generated if there is none.</param>
    /// <param name="report">Where the table goes.</param>
    public static void Run(string[] csv, TextWriter report)
    {
        Person[][] sources = csv.Length > 0 ? [.. csv.Select(path => Person.Read(path).ToArray())] : Generate();
        using LinkageKey key = LinkageKey.Generate("additions");
        using GrowingProject project = new(sources, Added, key);
        report.WriteLine($"""

            ## {(csv.Length > 0 ? "Files" : "Generated people")}

            {sources.Length} sources, {Figures.Whole(sources.Sum(source => source.Length - Added))} records linked by a
            run, {Figures.Whole(sources.Length * Added)} added to its entities.

            | way | precision | recall | F1 | F1 less than a run's | link ids merged away | entities taken apart |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
        LinkResult whole = Linker.Link(project.Whole, new LinkerOptions { Seed = 1 });
        LinkResult before = Linker.Link(project.Base, new LinkerOptions { Seed = 1 });
        double run = Row(report, "one run over all records", project.Evaluate(whole), null, null);
        LinkResult again = Linker.Link(project.Whole, new LinkerOptions { Seed = 1, Model = before.Model });
        _ = Row(report, "one run over all records, the model of the first", project.Evaluate(again), run, null);
        foreach (int batch in new[] { 1, 100, Added })
        {
            using Growth growth = project.Grow(before, batch);
            _ = Row(report, $"added {Figures.Whole(batch)} at a time", growth.Quality, run, growth);
        }
    }

    private static Person[][] Generate()
    {
        PeopleGenerator people = new(new PeopleOptions
        {
            PeoplePerAgency = Records + Added,
            Agencies = Sources,
            Seed = 8,
        });
        return [.. Enumerable.Range(0, Sources).Select(source => people.Records(source).Select(Person.From).ToArray())];
    }

    private static double Row(TextWriter report, string way, LinkageQuality quality, double? run, Growth? growth)
    {
        string less = run is { } f1 ? Figures.Share(f1 - quality.F1) : "";
        string ids = growth is null ? " | " : $"{growth.MergedAway} | {growth.TakenApart}";
        report.WriteLine(
            $"| {way} | {Figures.Share(quality.Precision)} | {Figures.Share(quality.Recall)} | "
            + $"{Figures.Share(quality.F1)} | {less} | {ids} |");
        return quality.F1;
    }
}

using System.Text.Json;
using Linkage.Cli.Input;
using Linkage.Core.Model;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Review;

/// <summary>A result directory of "link", as far as later commands need it.</summary>
internal sealed record EarlierRun
{
    /// <summary>The names of all files in such a directory.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        LinkResultFiles.PairsName,
        LinkResultFiles.EntitiesName,
        LinkResultFiles.ClustersName,
        LinkResultFiles.RecordsName,
        LinkResultFiles.ModelName,
        LinkResultFiles.RunName,
        LinkResultFiles.ReportName,
    ];

    /// <summary>The directory as the user named it.</summary>
    public required string Directory { get; init; }

    /// <summary>The model that scored.</summary>
    public required FellegiSunterModel Model { get; init; }

    /// <summary>The probability from which a pair was a match.</summary>
    public required double MatchThreshold { get; init; }

    /// <summary>The probability from which a pair was a possible match.</summary>
    public required double PossibleThreshold { get; init; }

    /// <summary>Non-matches of a lower weight are not in pairs.csv.</summary>
    public required double KeepWeight { get; init; }

    /// <summary>Whether the run followed decisions of persons.</summary>
    public required bool HasDecisions { get; init; }

    /// <summary>The file of pairs.</summary>
    public string Pairs => PathOf(LinkResultFiles.PairsName);

    /// <summary>The file that lists every record.</summary>
    public string Entities => PathOf(LinkResultFiles.EntitiesName);

    /// <summary>Reads model and facts.</summary>
    /// <param name="directory">The directory as the user named it.</param>
    /// <returns>The run; the file of pairs is not opened yet.</returns>
    /// <exception cref="InputException">There is no such directory, or a file in it is missing or wrong.</exception>
    public static EarlierRun Open(string directory)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            throw new InputException(directory, "no such directory");
        }

        return RunFileReader.Read(Path.Join(directory, LinkResultFiles.RunName), run => Read(directory, run));
    }

    private static EarlierRun Read(string directory, JsonElement run)
    {
        JsonElement thresholds = run.GetProperty("decisions");
        JsonElement decided = run.GetProperty("counts").GetProperty("decided");
        return new EarlierRun
        {
            Directory = directory,
            Model = ModelFile.Load(Path.Join(directory, LinkResultFiles.ModelName)),
            MatchThreshold = thresholds.GetProperty("matchThreshold").GetDouble(),
            PossibleThreshold = thresholds.GetProperty("possibleThreshold").GetDouble(),
            KeepWeight = run.GetProperty("options").GetProperty("keepWeight").GetDouble(),
            HasDecisions = decided.GetProperty("match").GetInt64() + decided.GetProperty("nonMatch").GetInt64() > 0,
        };
    }

    private string PathOf(string name) => Path.Join(Directory, name);
}

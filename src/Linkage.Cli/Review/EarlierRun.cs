using System.Text.Json;
using Linkage.Cli.Input;
using Linkage.Core.Model;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Review;

/// <summary>A result directory of "link", as far as later commands need it.</summary>
internal sealed record EarlierRun
{
    private const string Format = "linkage-run/1";

    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

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

        string facts = Path.Join(directory, LinkResultFiles.RunName);
        using JsonDocument document = ReadFacts(facts);
        JsonElement root = document.RootElement;
        try
        {
            JsonElement thresholds = root.GetProperty("decisions");
            JsonElement decided = root.GetProperty("counts").GetProperty("decided");
            return new EarlierRun
            {
                Directory = directory,
                Model = ModelFile.Load(Path.Join(directory, LinkResultFiles.ModelName)),
                MatchThreshold = thresholds.GetProperty("matchThreshold").GetDouble(),
                PossibleThreshold = thresholds.GetProperty("possibleThreshold").GetDouble(),
                KeepWeight = root.GetProperty("options").GetProperty("keepWeight").GetDouble(),
                HasDecisions =
                    decided.GetProperty("match").GetInt64() + decided.GetProperty("nonMatch").GetInt64() > 0,
            };
        }
        catch (Exception exception) when (exception
            is KeyNotFoundException or InvalidOperationException or (FormatException and not InputException))
        {
            throw new InputException(facts, "lacks figures that this version of 'link' writes; link again");
        }
    }

    private static JsonDocument ReadFacts(string path)
    {
        using FileStream stream = InputFile.Open(path);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream, Json);
        }
        catch (JsonException)
        {
            throw new InputException(path, "is not JSON");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out JsonElement format)
            && format.ValueKind == JsonValueKind.String
            && format.ValueEquals(Format))
        {
            return document;
        }

        document.Dispose();
        throw new InputException(path, $"is not of format {Format}");
    }

    private string PathOf(string name) => Path.Join(Directory, name);
}

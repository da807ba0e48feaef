using System.CommandLine;
using System.Globalization;
using Linkage.Cli.Input;
using Linkage.Cli.Output;

namespace Linkage.Cli.Commands;

/// <summary>"linkage resolve": an owner turns the linkage unit's answer back into its own record ids.</summary>
internal static class ResolveCommand
{
    private const string Summary =
        "Turns entities.csv, the linkage unit's answer, into link ids for your own record ids.";

    private const string Explanation =
        """
        Run by a data owner: only the owner has the map from handles to record ids.
        Every record of the map must have exactly one link id in entities.csv.
        The output has one row per record, in the order of the map.
        """;

    private const string Example =
        "linkage resolve --entities results/entities.csv --map health.map.csv --out health.links.csv";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> entities = new("--entities")
        {
            Required = true,
            HelpName = "FILE",
            Description = "entities.csv from the linkage unit (party,handle,link_id).",
        };
        Option<string> map = new("--map")
        {
            Required = true,
            HelpName = "FILE",
            Description = "The map that 'encode' wrote beside your encoded file (handle,source_id).",
        };
        Option<string> links = new("--out")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Where to write your links (source_id,link_id; mode 0600); an older file is replaced.",
        };

        ExampleCommand command = new("resolve", Summary, Explanation, Example) { entities, map, links };
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(entities),
            parsed.GetRequiredValue(map),
            parsed.GetRequiredValue(links)));
        return command;
    }

    private static int Run(CommandContext context, string entitiesPath, string mapPath, string linksPath)
    {
        OutputPaths.RequireDistinct("--out", linksPath, entitiesPath, mapPath);
        IReadOnlyList<MapEntry> map = MapFile.Read(mapPath, context.Cancellation);
        string?[] links = context.Output.Track(
            "resolving", progress => FindLinks(context, map, mapPath, entitiesPath, progress));

        // Joined with entities.csv, which others hold, the links say what the map says: they are as secret.
        using CsvFileWriter writer = CsvFileWriter.Create(linksPath, ["source_id", "link_id"], ownerOnly: true);
        for (int i = 0; i < map.Count; i++)
        {
            writer.Write(map[i].SourceId);
            writer.Write(links[i]);
            writer.EndRow();
        }

        writer.Commit();
        context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{map.Count} records resolved"));
        return ExitCode.Ok;
    }

    private static string?[] FindLinks(
        CommandContext context,
        IReadOnlyList<MapEntry> map,
        string mapPath,
        string entitiesPath,
        IProgress<double> progress)
    {
        Dictionary<UInt128, int> places = new(map.Count);
        for (int i = 0; i < map.Count; i++)
        {
            places.Add(map[i].Handle, i);
        }

        string?[] links = new string?[map.Count];
        using CsvRecordReader reader = CsvRecordReader.Open(entitiesPath, new CsvReadOptions { Delimiter = ',' });
        int handleColumn = ColumnMap.IndexOf(reader, "handle");
        int linkColumn = ColumnMap.IndexOf(reader, "link_id");
        reader.IsHeaderConfirmed = true;
        while (reader.Read())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            if (places.TryGetValue(MapFile.ReadHandle(reader, handleColumn), out int place))
            {
                TakeLink(reader, linkColumn, ref links[place]);
            }
        }

        int missing = Array.IndexOf(links, null);
        return missing < 0
            ? links
            : throw new InputException(mapPath, missing + 1, 0, null, $"the record is not in {entitiesPath}");
    }

    private static void TakeLink(CsvRecordReader reader, int column, ref string? link)
    {
        if (link is not null)
        {
            throw reader.Refuse("a record of the map has a second link id here");
        }

        link = reader.GetString(column);
        if (string.IsNullOrWhiteSpace(link))
        {
            throw reader.Refuse("the link id is empty", column);
        }
    }
}

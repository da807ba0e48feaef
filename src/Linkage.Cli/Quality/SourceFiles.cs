namespace Linkage.Cli.Quality;

/// <summary>A source as named to "evaluate": a party, its map and its records.</summary>
/// <param name="Party">The party's name, as in pairs and entities.</param>
/// <param name="Map">The map from handles to record ids.</param>
/// <param name="Records">The CSV with ids and truth.</param>
internal sealed record SourceFiles(string Party, string Map, string Records)
{
    /// <summary>Reads <c>NAME=a.map.csv,a.csv</c>.</summary>
    /// <param name="text">The option's value.</param>
    /// <returns>The source; null when the text has another form.</returns>
    public static SourceFiles? Parse(string text)
    {
        string[] sides = text.Split('=', 2);
        string[] files = sides.Length == 2 ? sides[1].Split(',') : [];
        return sides[0].Length > 0 && files.Length == 2 && files.All(file => file.Length > 0)
            ? new SourceFiles(sides[0], files[0], files[1])
            : null;
    }
}

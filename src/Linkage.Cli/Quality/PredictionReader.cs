using System.Globalization;
using Linkage.Cli.Input;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Quality;

/// <summary>Reads what a run predicted, row by row, into record numbers.</summary>
/// <param name="records">Knows every handle.</param>
/// <param name="cancellation">Stops the reading.</param>
internal sealed class PredictionReader(KnownRecords records, CancellationToken cancellation)
{
    private static readonly CsvReadOptions Options = new() { Delimiter = ',' };

    private readonly HashSet<string> _patterns = new(StringComparer.Ordinal);

    /// <summary>Reads pairs.csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the share of the file read.</param>
    /// <returns>Its pairs, 48 bytes each.</returns>
    /// <exception cref="InputException">A row is malformed or speaks of an unknown record.</exception>
    public List<PredictedPair> ReadPairs(string path, IProgress<double> progress)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, Options);
        int leftParty = ColumnMap.IndexOf(reader, "left_party");
        int leftHandle = ColumnMap.IndexOf(reader, "left_handle");
        int rightParty = ColumnMap.IndexOf(reader, "right_party");
        int rightHandle = ColumnMap.IndexOf(reader, "right_handle");
        int weight = ColumnMap.IndexOf(reader, "weight");
        int probability = ColumnMap.IndexOf(reader, "probability");
        int decision = ColumnMap.IndexOf(reader, "decision");
        int pattern = ColumnMap.IndexOf(reader, "pattern");
        reader.IsHeaderConfirmed = true;
        List<PredictedPair> pairs = [];
        while (ReadRow(reader, progress))
        {
            int left = records.Find(reader, leftParty, leftHandle);
            int right = records.Find(reader, rightParty, rightHandle);
            if (left == right)
            {
                throw reader.Refuse("the row joins a record to itself");
            }

            pairs.Add(new PredictedPair(left, right, Weight(reader, weight), IsMatch(reader, decision))
            {
                Probability = Probability(reader, probability),
                Pattern = Pattern(reader[pattern]),
            });
        }

        return pairs;
    }

    /// <summary>Reads entities.csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the share of the file read.</param>
    /// <returns>The number of each record's entity.</returns>
    /// <exception cref="InputException">A row is malformed, or a record is missing, unknown or there twice.</exception>
    public int[] ReadEntities(string path, IProgress<double> progress)
    {
        const int None = -1;
        using CsvRecordReader reader = CsvRecordReader.Open(path, Options);
        int party = ColumnMap.IndexOf(reader, "party");
        int handle = ColumnMap.IndexOf(reader, "handle");
        int link = ColumnMap.IndexOf(reader, "link_id");
        reader.IsHeaderConfirmed = true;
        int[] entities = new int[records.Count];
        Array.Fill(entities, None);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        while (ReadRow(reader, progress))
        {
            int record = records.Find(reader, party, handle);
            if (entities[record] != None)
            {
                throw reader.Refuse("the record has a link id already");
            }

            if (reader[link].IsWhiteSpace())
            {
                throw reader.Refuse("the link id is empty", link);
            }

            if (!lookup.TryGetValue(reader[link], out entities[record]))
            {
                entities[record] = numbers.Count;
                lookup[reader[link]] = entities[record];
            }
        }

        return Array.IndexOf(entities, None) < 0
            ? entities
            : throw new InputException(path, "a record of the maps is missing");
    }

    /// <summary>Reads records.csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the share of the file read.</param>
    /// <returns>The reach of each record.</returns>
    /// <exception cref="InputException">A row is malformed, or a record is missing, unknown or there twice.</exception>
    public RecordReach[] ReadReach(string path, IProgress<double> progress)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, Options);
        int party = ColumnMap.IndexOf(reader, "party");
        int handle = ColumnMap.IndexOf(reader, "handle");
        int passes = ColumnMap.IndexOf(reader, "passes");
        int probability = ColumnMap.IndexOf(reader, "self_probability");
        reader.IsHeaderConfirmed = true;
        RecordReach[] reach = new RecordReach[records.Count];
        bool[] seen = new bool[reach.Length];
        while (ReadRow(reader, progress))
        {
            int record = records.Find(reader, party, handle);
            if (seen[record])
            {
                throw reader.Refuse("the record is the same as in an earlier row");
            }

            seen[record] = true;
            int count = int.TryParse(reader[passes], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw reader.Refuse("not a whole number", passes);

            // A record in no pass may have nothing to be compared in.
            bool isEmpty = count == 0 && reader[probability].IsWhiteSpace();
            reach[record] = new RecordReach(count, isEmpty ? 0 : Probability(reader, probability));
        }

        return Array.IndexOf(seen, false) < 0
            ? reach
            : throw new InputException(path, "a record of the maps is missing");
    }

    private bool ReadRow(CsvRecordReader reader, IProgress<double> progress)
    {
        cancellation.ThrowIfCancellationRequested();
        progress.Report(reader.Share);
        return reader.Read();
    }

    private static double Weight(CsvRecordReader reader, int column) =>
        double.TryParse(reader[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            && double.IsFinite(weight)
            ? weight
            : throw reader.Refuse("not a number", column);

    private static double Probability(CsvRecordReader reader, int column) =>
        double.TryParse(reader[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double probability)
            && probability is >= 0 and <= 1
            ? probability
            : throw reader.Refuse("not a number between 0 and 1", column);

    // Few patterns, many pairs: one string a pattern.
    private string Pattern(ReadOnlySpan<char> text)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _patterns.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out string? known))
        {
            known = text.ToString();
            _patterns.Add(known);
        }

        return known;
    }

    private static bool IsMatch(CsvRecordReader reader, int column) => reader[column] switch
    {
        "match" => true,
        "possible" or "non-match" => false,
        _ => throw reader.Refuse("not one of match, possible and non-match", column),
    };
}

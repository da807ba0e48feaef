using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Quality;

/// <summary>The records of all sources, numbered, with what is true of them.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="cancellation">Stops the reading.</param>
internal sealed class KnownRecords(EvaluateRequest request, CancellationToken cancellation)
{
    private const int UnknownTruth = -1;

    private readonly Dictionary<string, int> _sourceOf = new(StringComparer.Ordinal);
    private readonly List<Dictionary<UInt128, int>> _handles = [];
    private readonly List<int> _sources = [];
    private readonly List<int> _truth = [];
    private readonly List<string?> _groups = [];
    private readonly Dictionary<string, int> _truthNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _groupNames = new(StringComparer.Ordinal);

    /// <summary>The number of records.</summary>
    public int Count => _sources.Count;

    /// <summary>Reads all maps and record files.</summary>
    /// <param name="progress">Told the share of the sources read.</param>
    /// <returns>The records as the evaluation wants them.</returns>
    /// <exception cref="InputException">A file is malformed, or a record of a map is not in its CSV.</exception>
    public EvaluationRecords Read(IProgress<double> progress)
    {
        for (int source = 0; source < request.Sources.Count; source++)
        {
            SourceFiles files = request.Sources[source];
            _sourceOf.Add(files.Party, source);
            Dictionary<string, int> ids = ReadMap(files, source);
            ReadTruth(files, ids, share => progress.Report((source + share) / request.Sources.Count));
        }

        return new EvaluationRecords(
            request.Sources.Count,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sources),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_truth),
            request.GroupColumn is null ? null : _groups);
    }

    /// <summary>The number of the record that a row speaks of.</summary>
    /// <param name="reader">Stands on a row.</param>
    /// <param name="partyColumn">The column of the party.</param>
    /// <param name="handleColumn">The column of the handle.</param>
    /// <returns>The record's number.</returns>
    /// <exception cref="InputException">The party was not named, or its map does not know the handle.</exception>
    public int Find(CsvRecordReader reader, int partyColumn, int handleColumn)
    {
        if (!_sourceOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(reader[partyColumn], out int source))
        {
            throw reader.Refuse("no --source has this party's name", partyColumn);
        }

        UInt128 handle = MapFile.ReadHandle(reader, handleColumn);
        return _handles[source].TryGetValue(handle, out int record)
            ? record
            : throw reader.Refuse($"{request.Sources[source].Map} does not know the handle", handleColumn);
    }

    private Dictionary<string, int> ReadMap(SourceFiles files, int source)
    {
        IReadOnlyList<MapEntry> map = MapFile.Read(files.Map, cancellation);
        Dictionary<string, int> ids = new(map.Count, StringComparer.Ordinal);
        Dictionary<UInt128, int> handles = new(map.Count);
        foreach (MapEntry entry in map)
        {
            ids.Add(entry.SourceId, _sources.Count);
            handles.Add(entry.Handle, _sources.Count);
            _sources.Add(source);
            _truth.Add(UnknownTruth);
            _groups.Add(null);
        }

        _handles.Add(handles);
        return ids;
    }

    private void ReadTruth(SourceFiles files, Dictionary<string, int> ids, Action<double> progress)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(files.Records, CsvReadOptions.Default);
        int idColumn = ColumnMap.IndexOf(reader, request.IdColumn);
        int truthColumn = ColumnMap.IndexOf(reader, request.TruthColumn);
        int groupColumn = request.GroupColumn is string group ? ColumnMap.IndexOf(reader, group) : -1;
        reader.IsHeaderConfirmed = true;
        int first = Count - ids.Count;
        bool[] seen = new bool[ids.Count];
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            ids.GetAlternateLookup<ReadOnlySpan<char>>();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress(reader.Share);
            if (!lookup.TryGetValue(reader[idColumn], out int record))
            {
                continue;
            }

            if (seen[record - first])
            {
                throw reader.Refuse("the id is the same as in an earlier row", idColumn);
            }

            seen[record - first] = true;
            _truth[record] = TruthNumber(reader[truthColumn]);
            _groups[record] = groupColumn < 0 ? null : GroupName(reader[groupColumn]);
        }

        int missing = Array.IndexOf(seen, false);
        if (missing >= 0)
        {
            throw new InputException(files.Map, missing + 1, 0, null, $"the record is not in {files.Records}");
        }
    }

    private int TruthNumber(ReadOnlySpan<char> label)
    {
        if (label.IsWhiteSpace())
        {
            return UnknownTruth;
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _truthNumbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(label, out int number))
        {
            number = _truthNumbers.Count;
            lookup[label] = number;
        }

        return number;
    }

    // Few names, many records: one string a name.
    private string GroupName(ReadOnlySpan<char> name)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _groupNames.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out string? known))
        {
            known = name.ToString();
            _groupNames.Add(known, known);
        }

        return known;
    }
}

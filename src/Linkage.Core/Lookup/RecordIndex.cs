using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Internals;
using Linkage.Core.Scoring;

namespace Linkage.Core.Lookup;

/// <summary>Finds, among the records of many parties, those that are the person of one encoded record.</summary>
/// <remarks>
/// <para>
/// Finds what <see cref="Linker.Link"/> with <see cref="OneToOneMode.Off"/> would link the record to under the same
/// model: records that share a block with it in some pass, each compared in the first pass in which both meet. A block
/// of more than 500 records counts as none, like there.
/// </para>
/// <para>
/// Thread-safe: lookups run side by side; additions and removals wait for them and are seen by the next one. The files
/// stay the caller's, who disposes them after the index.
/// </para>
/// </remarks>
public sealed class RecordIndex : IDisposable
{
    private const int HandleLength = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly EncodedFileHeader _first;
    private readonly string _encodingFingerprint;
    private readonly LinkageSchema _schema;
    private readonly RowComparer _comparer;
    private readonly PatternJudge _judge;
    private readonly string[] _parties;
    private readonly List<IndexedFile> _files = [];
    private readonly Dictionary<(int Party, UInt128 Handle), int> _addedHandles = [];
    private readonly IndexedPass[] _passes;
    private readonly BlockRule _rule;
    private readonly HashSet<int> _removed = [];
    private readonly HashSet<(int Pass, UInt128 Token, int Party)> _dropped = [];
    private int _recordCount;

    private RecordIndex(LinkPlan plan, DecisionThresholds thresholds, RecordIndexOptions options)
    {
        _first = plan.Files[0].Header;
        _encodingFingerprint = _first.Schema.EncodingFingerprint;
        _schema = plan.Schema;
        _comparer = new RowComparer(plan.Schema);
        _judge = new PatternJudge(options.Model, thresholds);
        _parties = [.. plan.Files.Select(file => file.Header.Party)];
        _rule = new BlockRule(_first.Schema, _parties.Length);
        foreach (EncodedFile file in plan.Files)
        {
            _ = Append(file);
        }

        _passes = [.. Enumerable.Range(0, _schema.Passes.Count).Select(pass => new IndexedPass(pass, _files))];
    }

    /// <summary>The parties, in the order of their files.</summary>
    public IReadOnlyList<string> Parties => _parties;

    /// <summary>Number of records, those removed included: numbers are not used again.</summary>
    public int RecordCount
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _recordCount;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <summary>Blocks of which a party has more than it may, so that none of its rows in them is used.</summary>
    public int DroppedBlocks
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _dropped.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <summary>Makes an index of whole files.</summary>
    /// <param name="files">Files of one project, key and schema, of different parties; kept open by the
    /// caller.</param>
    /// <param name="options">Model, schema and thresholds.</param>
    /// <returns>The index; the caller disposes it.</returns>
    /// <exception cref="EncodingFormatException">The files or the model do not belong together.</exception>
    public static RecordIndex Create(IReadOnlyList<EncodedFile> files, RecordIndexOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var plan = LinkPlan.Create(files, new LinkerOptions { Model = options.Model, Schema = options.Schema });
        return new RecordIndex(plan, options.Thresholds ?? plan.Schema.Thresholds, options);
    }

    /// <summary>Looks a record up among all records.</summary>
    /// <param name="query">The file that holds it, of the same project, key and schema; any party's.</param>
    /// <param name="record">Its number in the file's merge section.</param>
    /// <returns>Matches and possible ones, heaviest first, then by number; the record itself, too, if the index has it.
    /// </returns>
    /// <exception cref="EncodingFormatException">The file does not belong to the index's files.</exception>
    public IReadOnlyList<LookupMatch> Find(EncodedFile query, int record)
    {
        RequireKin(query);
        ArgumentOutOfRangeException.ThrowIfNegative(record);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, query.Merge.RecordCount);
        var found = new List<LookupMatch>();
        _lock.EnterReadLock();
        try
        {
            foreach ((int number, ComparisonVector vector) in Meet(query, record, party: -1))
            {
                (MatchWeight weight, MatchProbability probability, Decision decision) = _judge.Judge(vector);
                if (decision != Decision.NonMatch)
                {
                    found.Add(new LookupMatch(
                        FileOf(number).Reference(number), number, vector, weight, probability, decision));
                }
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }

        found.Sort((a, b) =>
        {
            int byWeight = b.Weight.Bits.CompareTo(a.Weight.Bits);
            return byWeight != 0 ? byWeight : a.Number.CompareTo(b.Number);
        });
        return found;
    }

    /// <summary>Adds records of one of the parties; the next lookup finds them.</summary>
    /// <param name="file">The records; kept open by the caller.</param>
    /// <returns>
    /// Number of the first record added, the others follow by rising handle; and how many rows of the party are in no
    /// block of a pass any more, since it has more of the block than the schema allows.
    /// </returns>
    /// <exception cref="EncodingFormatException">The file does not belong to the index's files or parties.</exception>
    public (int FirstRecord, int DroppedRows) Add(EncodedFile file)
    {
        RequireKin(file);
        if (!_parties.Contains(file.Header.Party))
        {
            throw new EncodingFormatException("The file is of a party that the index has no file of.");
        }

        _lock.EnterWriteLock();
        try
        {
            IndexedFile added = Append(file);
            for (int record = 0; record < added.RecordCount; record++)
            {
                _addedHandles[(added.Party, KeyOf(file.Merge.Handle(record)))] = added.FirstRecord + record;
            }

            int droppedRows = 0;
            for (int pass = 0; pass < _passes.Length; pass++)
            {
                _passes[pass].Add(added);
                droppedRows += NoteDroppedBlocks(pass, added);
            }

            return (added.FirstRecord, droppedRows);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Removes a record; the next lookup does not find it.</summary>
    /// <param name="record">Its number in the index.</param>
    /// <returns>False if it was removed before.</returns>
    public bool Remove(int record)
    {
        _lock.EnterWriteLock();
        try
        {
            ThrowIfUnknown(record);
            return _removed.Add(record);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Party and handle of a record.</summary>
    /// <param name="record">Its number in the index.</param>
    public RecordReference Reference(int record)
    {
        _lock.EnterReadLock();
        try
        {
            ThrowIfUnknown(record);
            return FileOf(record).Reference(record);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The number of a record; -1 if there is none with this party and handle, or it was removed.</summary>
    /// <param name="record">Party and handle.</param>
    public int NumberOf(RecordReference record)
    {
        if (record.Handle is not { Length: 2 * HandleLength } text
            || text.AsSpan().ContainsAnyExcept(HexDigits)
            || Array.IndexOf(_parties, record.Party) is var party && party < 0)
        {
            return -1;
        }

        byte[] handle = Convert.FromHexString(text);
        _lock.EnterReadLock();
        try
        {
            int number = _files[party].Find(handle);
            if (number < 0 && _addedHandles.TryGetValue((party, KeyOf(handle)), out int added))
            {
                number = added;
            }

            return number >= 0 && !_removed.Contains(number) ? number : -1;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Lets go of the lock; the files are the caller's.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>The model's judgment of a pattern.</summary>
    internal PatternJudge Judge => _judge;

    /// <summary>Number of a record's party among <see cref="Parties"/>.</summary>
    internal int PartyOf(int record)
    {
        _lock.EnterReadLock();
        try
        {
            return FileOf(record).Party;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The records that share a block with one of the index, itself left out.</summary>
    internal Dictionary<int, ComparisonVector> NeighboursOf(int record)
    {
        _lock.EnterReadLock();
        try
        {
            IndexedFile file = FileOf(record);
            Dictionary<int, ComparisonVector> met = Meet(file.File, record - file.FirstRecord, file.Party);
            _ = met.Remove(record);
            return met;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Every record that shares a block with the query, with the answers of the first such pass.</summary>
    private Dictionary<int, ComparisonVector> Meet(EncodedFile query, int record, int party)
    {
        var met = new Dictionary<int, ComparisonVector>();
        var block = new List<IndexedRow>();
        for (int pass = 0; pass < _passes.Length; pass++)
        {
            int row = query.Merge.RowOf(record, pass);
            if (row < 0)
            {
                continue;
            }

            EncodedPass section = query.Passes[pass];
            block.Clear();
            _passes[pass].CollectBlock(section.Token(row), block);
            if (_removed.Count > 0)
            {
                _ = block.RemoveAll(other => _removed.Contains(other.File.RecordOf(pass, other.Row)));
            }

            if (!_rule.Apply(block, party))
            {
                continue;
            }

            foreach (IndexedRow other in block)
            {
                int number = other.File.RecordOf(pass, other.Row);
                ref ComparisonVector vector =
                    ref CollectionsMarshal.GetValueRefOrAddDefault(met, number, out bool isMet);
                if (!isMet)
                {
                    vector = _comparer.Compare(section, row, other.File.File.Passes[pass], other.Row);
                }
            }
        }

        return met;
    }

    private static UInt128 KeyOf(ReadOnlySpan<byte> handle) => BinaryPrimitives.ReadUInt128BigEndian(handle);

    private int NoteDroppedBlocks(int pass, IndexedFile added)
    {
        int rows = 0;
        EncodedPass section = added.File.Passes[pass];
        var block = new List<IndexedRow>();
        for (int row = 0; row < section.RowCount; row++)
        {
            UInt128 token = section.Token(row);
            if (row > 0 && section.Token(row - 1) == token)
            {
                continue;
            }

            block.Clear();
            _passes[pass].CollectBlock(token, block);
            int size = block.Count(other =>
                other.File.Party == added.Party && !_removed.Contains(other.File.RecordOf(pass, other.Row)));
            if (size > _rule.MostOfParty)
            {
                bool isNew = _dropped.Add((pass, token, added.Party));
                rows += isNew ? size : block.Count(other => other.File == added);
            }
        }

        return rows;
    }

    private IndexedFile Append(EncodedFile file)
    {
        var added = new IndexedFile(file, Array.IndexOf(_parties, file.Header.Party), _recordCount);
        _recordCount = checked(_recordCount + added.RecordCount);
        _files.Add(added);
        return added;
    }

    private IndexedFile FileOf(int record)
    {
        (int low, int high) = (0, _files.Count - 1);
        while (low < high)
        {
            int middle = high - ((high - low) / 2);
            (low, high) = _files[middle].FirstRecord <= record ? (middle, high) : (low, middle - 1);
        }

        return _files[low];
    }

    private void RequireKin(EncodedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        EncodedFileHeader header = file.Header;
        if (header.Project != _first.Project
            || header.Epoch != _first.Epoch
            || header.KeyId != _first.KeyId
            || header.CheckValue != _first.CheckValue
            || header.Schema.EncodingFingerprint != _encodingFingerprint)
        {
            throw new EncodingFormatException(
                $"{file.Path}: is of another project, schema or key than the files of the index.");
        }
    }

    private void ThrowIfUnknown(int record)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(record);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, _recordCount);
    }
}

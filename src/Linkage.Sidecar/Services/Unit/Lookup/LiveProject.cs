using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Incremental;
using Linkage.Core.Lookup;
using Linkage.Core.Model;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>The records of a project's newest run in memory: found, added, removed, decided about.</summary>
/// <remarks>
/// Thread-safe. Lookups run side by side. A change keeps them out until it is on disk, so that nobody sees what may
/// still be lost. One that fails leaves the memory ahead of the disk: then the project <see cref="IsBroken"/> and is
/// read anew.
/// </remarks>
internal sealed partial class LiveProject : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly List<EncodedFile> _files;
    private readonly RecordIndex _index;
    private readonly FellegiSunterModel _model;
    private readonly Dictionary<string, string> _segments;
    private readonly AddedStore _store;
    private readonly HashSet<RecordReference> _removed = [];
    private readonly List<LiveFile> _added = [];
    private IncrementalLinker _linker = null!;
    private int _users;
    private bool _isRetired;

    /// <summary>Takes over what a loader has opened.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="terms">The terms it was linked under.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="files">The files it linked; disposed with this.</param>
    /// <param name="inputs">What the store has of them.</param>
    /// <param name="options">Model and thresholds.</param>
    /// <param name="store">Where changes go.</param>
    /// <exception cref="EncodingFormatException">Files and model do not belong together.</exception>
    public LiveProject(
        string runId,
        RunTerms terms,
        string projectId,
        List<EncodedFile> files,
        IReadOnlyList<Segment> inputs,
        RecordIndexOptions options,
        AddedStore store)
    {
        RunId = runId;
        Terms = terms;
        ProjectId = projectId;
        _files = files;
        _segments = inputs.ToDictionary(input => input.Party ?? string.Empty, input => input.Id);
        FileIds = [.. inputs.Select(input => input.FileId)];
        _model = options.Model;
        _store = store;
        _index = RecordIndex.Create(files, options);
    }

    /// <summary>The run whose entities these are.</summary>
    public string RunId { get; }

    /// <summary>The project.</summary>
    public string ProjectId { get; }

    /// <summary>The terms it was linked under.</summary>
    public RunTerms Terms { get; }

    /// <summary>The ids of the files it was read from.</summary>
    public IReadOnlyList<string> FileIds { get; }

    /// <summary>The parties, in the order of their files.</summary>
    public IReadOnlyList<string> Parties => _index.Parties;

    /// <summary>Number of records, those removed included.</summary>
    public int RecordCount => _index.RecordCount;

    /// <summary>Whether the memory may say more than the disk does.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the terms give link ids to parties.</summary>
    public bool GivesLinkIds => Terms.Agreed.Output == OutputType.LinkIds;

    /// <summary>The records that may be the same person as a record, most probable first.</summary>
    /// <exception cref="EncodingFormatException">The file does not belong to the project's.</exception>
    public IReadOnlyList<LiveMatch> Find(EncodedFile query, int record)
    {
        _lock.EnterReadLock();
        try
        {
            RequireWhole();
            return
            [
                .. _index.Find(query, record)
                    .Select(match => new LiveMatch(match, _linker.LinkIdOf(match.Number) ?? string.Empty)),
            ];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>What each comparison adds to a match.</summary>
    public IReadOnlyList<WeightPart> Explain(LookupMatch match) => _model.Explain(match.Vector);

    /// <summary>The names of the comparisons, in the order of a match's answers.</summary>
    public IEnumerable<string> Comparisons => _model.Comparisons.Select(comparison => comparison.Name);

    /// <summary>Begins a use; false once nobody is to begin one any more.</summary>
    public bool TryEnter()
    {
        lock (_files)
        {
            _users += _isRetired ? 0 : 1;
            return !_isRetired;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        bool isLast;
        lock (_files)
        {
            isLast = --_users == 0 && _isRetired;
        }

        if (isLast)
        {
            Free();
        }
    }

    /// <summary>Ends all of it if nobody uses it.</summary>
    /// <returns>False if somebody does, who could yet change it.</returns>
    public bool TryRetire()
    {
        lock (_files)
        {
            if (_users > 0 || _isRetired)
            {
                return false;
            }

            _isRetired = true;
        }

        Free();
        return true;
    }

    /// <summary>Lets nobody begin a use; the last one frees the memory.</summary>
    public void Dispose()
    {
        bool isLast;
        lock (_files)
        {
            isLast = !_isRetired && _users == 0;
            _isRetired = true;
        }

        if (isLast)
        {
            Free();
        }
    }

    // What is not on disk is not told.
    private void RequireWhole()
    {
        if (IsBroken)
        {
            throw Refusals.Of(V1.ErrorReason.IndexLoading, "The project's records are being read in; ask again.");
        }
    }

    private void Free()
    {
        _index.Dispose();
        _lock.Dispose();
        _files.ForEach(file => file.Dispose());
    }
}

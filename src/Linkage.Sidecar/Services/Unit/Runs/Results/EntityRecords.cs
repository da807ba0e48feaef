using Linkage.Core;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The records of every entity, by file and then by handle.</summary>
internal sealed class EntityRecords
{
    private readonly int[] _starts;
    private readonly int[] _records;
    private readonly int[] _files;

    public EntityRecords(LinkResult result)
    {
        _starts = new int[result.EntityCount + 1];
        _records = new int[result.RecordCount];
        _files = new int[result.RecordCount];
        for (int record = 0; record < result.RecordCount; record++)
        {
            _starts[result.EntityOf(record) + 1]++;
        }

        for (int entity = 0; entity < result.EntityCount; entity++)
        {
            _starts[entity + 1] += _starts[entity];
        }

        Fill(result);
    }

    /// <summary>The numbers of an entity's records, rising.</summary>
    public ReadOnlySpan<int> Of(int entity) => _records.AsSpan(_starts[entity].._starts[entity + 1]);

    /// <summary>Number of the file of a record.</summary>
    public int FileOf(int record) => _files[record];

    private void Fill(LinkResult result)
    {
        int[] next = [.. _starts];
        int record = 0;
        for (int file = 0; file < result.Files.Count; file++)
        {
            for (int end = record + result.Files[file].RecordCount; record < end; record++)
            {
                _files[record] = file;
                _records[next[result.EntityOf(record)]++] = record;
            }
        }
    }
}

using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Encoders of one material, ready for the next lookup. Thread-safe.</summary>
/// <remarks>Encoders hold derived keys and tokens of the last records: one that is not kept is wiped.</remarks>
internal sealed class LookupKit : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<RecordEncoder> _idle = new();
    private readonly LinkageSchema _schema;
    private readonly string _party;
    private readonly DateOrder _dates;
    private readonly string _keyPath;
    private bool _isRetired;

    private LookupKit(LinkageSchema schema, ColumnsDocument? columns, string party, string keyPath, LookupStamp stamp)
    {
        _schema = schema;
        _party = party;
        _dates = columns?.DateOrder ?? default;
        _keyPath = keyPath;
        Stamp = stamp;
        Layout = RecordLayout.Create(schema, columns, []);
    }

    /// <summary>How records are read.</summary>
    public RecordLayout Layout { get; }

    /// <summary>The state of the files it was made from.</summary>
    public LookupStamp Stamp { get; }

    /// <summary>Which of all uses was its last one.</summary>
    public long LastUse { get; private set; }

    /// <summary>How often it was looked at since its last use.</summary>
    public int QuietLooks { get; set; }

    /// <summary>Reads schema and columns file; the key is read for every encoder and not kept.</summary>
    /// <exception cref="Grpc.Core.RpcException">They cannot be used, or not together.</exception>
    public static LookupKit Load(OwnerFiles files, LookupMaterial material, LookupStamp stamp)
    {
        (LinkageSchema schema, _) = OwnerMaterial.ReadSchema(files.Schema(material.Schema, "schema"));
        ColumnsDocument? columns = material.Columns.Length == 0
            ? null
            : ColumnsDocument.Load(files.Columns(material.Columns, "columns"));
        return new LookupKit(schema, columns, material.Party, files.Key(material.Key, "key"), stamp);
    }

    /// <summary>Notes a use.</summary>
    /// <param name="turn">Its number among all uses.</param>
    public void NoteUse(long turn)
    {
        LastUse = turn;
        QuietLooks = 0;
    }

    /// <summary>An encoder for the caller alone, until it is given back.</summary>
    public RecordEncoder Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out RecordEncoder? ready))
            {
                return ready;
            }
        }

        using LinkageKey key = OwnerMaterial.ReadKey(_keyPath);
        return new RecordEncoder(_schema, key, _party, _dates);
    }

    /// <summary>Takes an encoder back; it is wiped if nobody will ask for it again.</summary>
    public void Return(RecordEncoder encoder)
    {
        lock (_gate)
        {
            if (!_isRetired)
            {
                _idle.Push(encoder);
                return;
            }
        }

        encoder.Dispose();
    }

    /// <summary>Wipes the encoders; those that are lent out are wiped when they come back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isRetired = true;
            while (_idle.TryPop(out RecordEncoder? encoder))
            {
                encoder.Dispose();
            }
        }
    }
}

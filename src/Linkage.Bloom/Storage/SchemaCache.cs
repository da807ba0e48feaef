using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>The schemas of the last files read, since a unit reads thousands of messages under one.</summary>
/// <remarks>
/// Found by the SHA-256 of their text, so nobody can pass one schema off as another. Few and not long ones are kept:
/// who sends many different schemas makes reading slower, and no more. A schema is no secret. Thread-safe.
/// </remarks>
internal sealed class SchemaCache
{
    /// <summary>Most schemas kept.</summary>
    public const int MostSchemas = 32;

    /// <summary>Longest text of a schema that is kept.</summary>
    public const int MostBytes = 1 << 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UInt128 First, UInt128 Second), SchemaFacts> _known = [];
    private readonly Queue<(UInt128 First, UInt128 Second)> _oldest = new();

    /// <summary>The one that all files of the process are read with.</summary>
    public static SchemaCache Shared { get; } = new();

    /// <summary>Reads and checks a schema, or finds it among those read before.</summary>
    /// <param name="utf8Json">Its text.</param>
    /// <exception cref="LinkageSchemaException">The text is no valid schema; it is read anew each time.</exception>
    public SchemaFacts Read(ReadOnlySpan<byte> utf8Json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(utf8Json, hash);
        ReadOnlySpan<UInt128> halves = MemoryMarshal.Cast<byte, UInt128>(hash);
        (UInt128 First, UInt128 Second) key = (halves[0], halves[1]);
        lock (_gate)
        {
            if (_known.TryGetValue(key, out SchemaFacts? known))
            {
                return known;
            }
        }

        var schema = LinkageSchema.Parse(utf8Json.ToArray());
        SchemaFingerprints.Keep(schema);
        SchemaFacts facts = new(schema);
        return utf8Json.Length > MostBytes ? facts : Keep(key, facts);
    }

    private SchemaFacts Keep((UInt128 First, UInt128 Second) key, SchemaFacts facts)
    {
        lock (_gate)
        {
            if (!_known.TryAdd(key, facts))
            {
                return _known[key];
            }

            _oldest.Enqueue(key);
            if (_oldest.Count > MostSchemas)
            {
                _ = _known.Remove(_oldest.Dequeue());
            }

            return facts;
        }
    }
}

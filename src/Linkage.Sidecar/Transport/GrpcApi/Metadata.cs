using System.Collections;
using System.Text;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call, in order; a key may occur several times.</summary>
internal sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>Keys that end so carry bytes; all others carry printable ASCII.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries; read-only.</summary>
    public static readonly Metadata Empty = new Metadata().Freeze();

    private readonly List<Entry> _entries = [];

    private bool _isReadOnly;

    public int Count => _entries.Count;

    public bool IsReadOnly => _isReadOnly;

    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ThrowIfReadOnly(value);
            _entries[index] = value;
        }
    }

    /// <summary>The last entry of a key, or null.</summary>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.Is(key));

    /// <summary>The last text value of a key, or null.</summary>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The last bytes of a key, or null.</summary>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries of a key, in order.</summary>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.Is(key));

    public void Add(string key, string value) => Add(new Entry(key, value));

    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    public void Add(Entry item)
    {
        ThrowIfReadOnly(item);
        _entries.Add(item);
    }

    public void Insert(int index, Entry item)
    {
        ThrowIfReadOnly(item);
        _entries.Insert(index, item);
    }

    public void Clear()
    {
        ThrowIfReadOnly();
        _entries.Clear();
    }

    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return _entries.Remove(item);
    }

    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        _entries.RemoveAt(index);
    }

    public int IndexOf(Entry item) => _entries.IndexOf(item);

    public bool Contains(Entry item) => _entries.Contains(item);

    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    internal Metadata Freeze()
    {
        _isReadOnly = true;
        return this;
    }

    private void ThrowIfReadOnly()
    {
        if (_isReadOnly)
        {
            throw new InvalidOperationException("The metadata are read-only.");
        }
    }

    private void ThrowIfReadOnly(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
    }

    /// <summary>One key with its value. Keys are lower case.</summary>
    internal sealed class Entry
    {
        private readonly string? _text;
        private readonly byte[]? _bytes;

        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = CheckedKey(key, isBinary: false);
            _text = value;
        }

        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = CheckedKey(key, isBinary: true);
            _bytes = [.. valueBytes];
        }

        public string Key { get; }

        public bool IsBinary => _bytes is not null;

        public string Value => _text ?? throw new InvalidOperationException("The value is binary.");

        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : [.. _bytes];

        /// <summary>The key only: a value may be a token.</summary>
        public override string ToString() => $"[Entry: key={Key}]";

        internal ReadOnlySpan<byte> Bytes => _bytes;

        internal static bool IsKey(string key) =>
            key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

        internal bool Is(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        private static string CheckedKey(string key, bool isBinary)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            string lower = key.ToLowerInvariant();
            if (!IsKey(lower))
            {
                throw new ArgumentException("A metadata key has letters, digits, '-', '_' and '.'.", nameof(key));
            }

            if (lower.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal) != isBinary)
            {
                throw new ArgumentException(
                    $"A key ends in {BinaryHeaderSuffix} if and only if its value is bytes.", nameof(key));
            }

            return lower;
        }
    }
}

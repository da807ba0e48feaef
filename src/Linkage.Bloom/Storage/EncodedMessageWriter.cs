namespace Linkage.Bloom.Storage;

/// <summary>Encodes a few records into an encoded file in memory, to be asked or sent at once.</summary>
/// <remarks>
/// For lookups and additions; a file of many records is made by <see cref="EncodedFileWriter"/>. It is protected just
/// like one. Nothing reaches a disk. Not thread-safe; disposing wipes what is held.
/// </remarks>
public sealed class EncodedMessageWriter : IDisposable
{
    private const int RowsPerChunk = 16;

    private readonly EncodedFileBuilder _builder;

    /// <summary>Begins with no record.</summary>
    /// <param name="encoder">The party's encoder; must outlive the writer, and may serve another one later.</param>
    public EncodedMessageWriter(RecordEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _builder = new EncodedFileBuilder(encoder, RowsPerChunk);
    }

    /// <summary>Records added so far.</summary>
    public int Count => _builder.Count;

    /// <summary>Adds a record.</summary>
    /// <param name="values">Raw values in schema order; null or empty when missing.</param>
    /// <exception cref="ArgumentException">
    /// There are not as many values as fields; the message names the record's number, never a value.
    /// </exception>
    public void Add(params ReadOnlySpan<string?> values) => _builder.Add(values);

    /// <summary>Protects the records.</summary>
    /// <returns>
    /// The bytes of the encoded file, and the handle of each record as 32 lower-case hexadecimal digits, in the order
    /// in which the records were added.
    /// </returns>
    public (byte[] Content, IReadOnlyList<string> Handles) Complete()
    {
        var handles = RecordHandles.Create(Count);
        var target = new MemoryTarget();
        _ = _builder.Write(target, handles, progress: null, CancellationToken.None);
        return (
            target.Content,
            [.. Enumerable.Range(0, Count).Select(record => Convert.ToHexStringLower(handles[record]))]);
    }

    /// <summary>Wipes what is held.</summary>
    public void Dispose() => _builder.Dispose();
}

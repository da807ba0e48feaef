using System.Buffers;
using System.Text;

namespace Linkage.Core.Reporting;

/// <summary>Writes lines of comma-separated values as UTF-8 into a buffer of fixed size. Not thread-safe.</summary>
internal sealed class CsvLines
{
    private const int BufferLength = 1 << 16;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    public CsvLines(Stream stream) => _stream = stream;

    /// <summary>Adds bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferLength - _length)
        {
            Flush();
        }

        if (bytes.Length > BufferLength)
        {
            _stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Adds text that needs no quotes.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        const int MostBytesPerChar = 3;
        while (text.Length > 0)
        {
            if (BufferLength - _length < MostBytesPerChar * text.Length)
            {
                Flush();
            }

            int taken = Math.Min(text.Length, BufferLength / MostBytesPerChar);
            if (taken < text.Length && char.IsHighSurrogate(text[taken - 1]))
            {
                taken--;
            }

            _length += Encoding.UTF8.GetBytes(text[..taken], _buffer.AsSpan(_length));
            text = text[taken..];
        }
    }

    /// <summary>Adds a cell, in quotes where RFC 4180 asks for them.</summary>
    public void WriteCell(string text)
    {
        if (text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            Write(text);
            return;
        }

        Write("\""u8);
        Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        Write("\""u8);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}

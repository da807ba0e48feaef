using System.Text;

namespace Linkage.Cli.Input;

/// <summary>Opens a CSV file as a stream of UTF-8, after a look at its first bytes.</summary>
internal sealed class CsvSource : IDisposable
{
    private readonly FileStream _file;

    private CsvSource(FileStream file, Encoding encoding)
    {
        _file = file;
        FileLength = file.Length;
        IsTranscoded = encoding.CodePage != Encoding.UTF8.CodePage;
        Utf8 = IsTranscoded ? Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8) : file;
    }

    /// <summary>The text.</summary>
    public Stream Utf8 { get; }

    /// <summary>The file's size in bytes.</summary>
    public long FileLength { get; }

    /// <summary>Whether offsets in the text are not offsets in the file.</summary>
    public bool IsTranscoded { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="encodingName">The named encoding; null for UTF-8.</param>
    /// <returns>The open text.</returns>
    /// <exception cref="InputException">Not a plain file, an unknown encoding or another byte order mark.</exception>
    public static CsvSource Open(string path, string? encodingName)
    {
        Encoding encoding = Encoding.UTF8;
        if (encodingName is not null && !TextEncodings.TryFind(encodingName, out encoding))
        {
            throw new InputException(path, "the named text encoding is not known; try utf-8, latin1 or windows-1252");
        }

        FileStream? file = InputFile.Open(path);
        try
        {
            CheckStart(path, file, encoding);
            CsvSource source = new(file, encoding);
            file = null;
            return source;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Utf8.Dispose();
        _file.Dispose();
    }

    private static void CheckStart(string path, FileStream file, Encoding encoding)
    {
        // Dates are counted in one reading and used in the next, so a pipe is of no use.
        if (!file.CanSeek)
        {
            throw new InputException(path, "is not a plain file that can be read twice");
        }

        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        string? marked = MarkedEncoding(start[..read]);
        if (marked is not null && !encoding.WebName.StartsWith(marked, StringComparison.Ordinal))
        {
            throw new InputException(
                path,
                $"the file starts with the byte order mark of {marked} but is read as {encoding.WebName}; " +
                "name its encoding in the columns file");
        }
    }

    // The four-byte mark of UTF-32 begins with the two-byte mark of UTF-16, so it is asked for first.
    private static string? MarkedEncoding(ReadOnlySpan<byte> start)
    {
        return start switch
        {
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => "utf-32",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "utf-16",
            [0xEF, 0xBB, 0xBF, ..] => "utf-8",
            _ => null,
        };
    }
}

using CsvHelper;
using Linkage.Bloom.Storage;

namespace Linkage.Cli.Output;

/// <summary>Writes a CSV file that appears whole or not at all: UTF-8, commas, a line feed after each row.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CsvFileWriter : IDisposable
{
    private readonly AtomicFile _file;
    private readonly CsvWriter _csv;

    private CsvFileWriter(AtomicFile file)
    {
        _file = file;
        _csv = CsvWriter.Create(file.Stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
    }

    /// <summary>Starts a file with its header row.</summary>
    /// <param name="path">The name under which it will appear.</param>
    /// <param name="columns">The column names.</param>
    /// <param name="ownerOnly">True for mode 0600, set before anything is written.</param>
    /// <returns>A writer before the first data row.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static CsvFileWriter Create(string path, ReadOnlySpan<string> columns, bool ownerOnly = false)
    {
        CsvFileWriter writer = new(AtomicFile.Create(path, ownerOnly));
        foreach (string column in columns)
        {
            writer.Write(column);
        }

        writer.EndRow();
        return writer;
    }

    /// <summary>Writes a cell of text.</summary>
    /// <param name="value">The text.</param>
    public void Write(ReadOnlySpan<char> value) => _csv.WriteField(value);

    /// <summary>Ends a row.</summary>
    /// <exception cref="InvalidOperationException">The row has another number of cells than the header.</exception>
    public void EndRow() => _csv.EndRecord();

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">The disk is full or the name is taken by a directory.</exception>
    public void Commit()
    {
        // Disposing hands over what is buffered; the file itself stays open until it is on the disk.
        _csv.Dispose();
        _file.Commit();
    }

    /// <summary>Removes the file unless it was committed.</summary>
    public void Dispose()
    {
        try
        {
            _csv.Dispose();
        }
        finally
        {
            _file.Dispose();
        }
    }
}

using System.Globalization;
using System.Text;

namespace Linkage.Cli.Input;

/// <summary>A file that does not hold what it should, with the place.</summary>
/// <remarks>The message names file, row, line and field; it never holds a cell's value.</remarks>
internal sealed class InputException : FormatException
{
    /// <summary>Makes an exception for a whole file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="problem">What is wrong, without any cell's value.</param>
    public InputException(string file, string problem)
        : this(file, null, 0, null, problem)
    {
    }

    /// <summary>Makes an exception for a place in a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="row">The 1-based data row, 0 for the header row, null for none.</param>
    /// <param name="line">The 1-based line where the row starts; 0 when it is not known.</param>
    /// <param name="field">How to call the column, such as "column 3"; null for none.</param>
    /// <param name="problem">What is wrong, without any cell's value.</param>
    public InputException(string file, long? row, long line, string? field, string problem)
        : base(Compose(file, row, line, field, problem))
    {
        File = file;
        Row = row;
        Line = line;
        Field = field;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>The 1-based data row; 0 is the header row; null when the problem is not in one row.</summary>
    public long? Row { get; }

    /// <summary>The 1-based line where the row starts; 0 when it is not known.</summary>
    public long Line { get; }

    /// <summary>How the message calls the column; null when the problem is not in one column.</summary>
    public string? Field { get; }

    private static string Compose(string file, long? row, long line, string? field, string problem)
    {
        StringBuilder text = new(file);
        if (row is long number)
        {
            text.Append(CultureInfo.InvariantCulture, $": {(number == 0 ? "header row" : $"row {number}")}");
            text.Append(CultureInfo.InvariantCulture, $"{(line > 0 ? $" (line {line})" : string.Empty)}");
        }

        if (field is not null)
        {
            text.Append(row is null ? ": " : ", ").Append(field);
        }

        return text.Append(": ").Append(problem).ToString();
    }
}

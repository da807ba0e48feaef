using Linkage.Cli.Input;

namespace Linkage.Cli;

/// <summary>How a failed command ends: an exit code and one line for the user.</summary>
/// <param name="ExitCode">One of <see cref="Cli.ExitCode"/>.</param>
/// <param name="Message">One line; never a cell's value and never a stack trace.</param>
internal readonly record struct Failure(int ExitCode, string Message)
{
    /// <summary>Maps an exception to the tool's answer.</summary>
    /// <param name="exception">What ended the command.</param>
    /// <returns>The exit code and the line to print.</returns>
    public static Failure From(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => FromSeveral(several),
        OperationCanceledException => new(Cli.ExitCode.WrongUse, "cancelled"),
        PolicyException or UnauthorizedAccessException => new(Cli.ExitCode.Refused, FirstLine(exception.Message)),
        FileNotFoundException missing => new(Cli.ExitCode.BadInput, MissingFile(missing)),
        InputException => new(Cli.ExitCode.BadInput, exception.Message),
        // The base library quotes the text it could not parse, and that text may be a cell.
        FormatException when exception.GetType() == typeof(FormatException) =>
            new(Cli.ExitCode.BadInput, "a file holds text that is not in the expected format"),
        FormatException or IOException or InvalidDataException =>
            new(Cli.ExitCode.BadInput, FirstLine(exception.Message)),
        ArgumentException wrong => new(Cli.ExitCode.WrongUse, WithoutParameter(wrong)),
        _ => new(Cli.ExitCode.Defect, $"a defect in this tool ({exception.GetType().Name}); please report it"),
    };

    // Parallel work fails in several places at once, as on a full disk; what is not of one kind stays a defect.
    private static Failure FromSeveral(AggregateException exception)
    {
        Failure[] failures = [.. exception.InnerExceptions.Select(From)];
        return failures.DistinctBy(failure => failure.ExitCode).Count() == 1
            ? failures[0]
            : new(Cli.ExitCode.Defect, $"a defect in this tool ({nameof(AggregateException)}); please report it");
    }

    private static string MissingFile(FileNotFoundException exception) =>
        exception.FileName is { Length: > 0 } name ? $"{name}: no such file" : FirstLine(exception.Message);

    // " (Parameter 'options')" speaks to a programmer; the second line of a range error quotes the value.
    private static string WithoutParameter(ArgumentException exception)
    {
        string line = FirstLine(exception.Message);
        string suffix = $" (Parameter '{exception.ParamName}')";
        return line.EndsWith(suffix, StringComparison.Ordinal) ? line[..^suffix.Length] : line;
    }

    private static string FirstLine(string message)
    {
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}

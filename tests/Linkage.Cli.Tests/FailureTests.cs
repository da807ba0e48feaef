using Linkage.Cli.Input;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests;

public sealed class FailureTests
{
    public static TheoryData<Exception, int> Codes => new()
    {
        { new ArgumentException("m"), ExitCode.WrongUse },
        { new ArgumentOutOfRangeException("m"), ExitCode.WrongUse },
        { new OperationCanceledException(), ExitCode.WrongUse },
        { new TaskCanceledException(), ExitCode.WrongUse },
        { new InputException("f", "m"), ExitCode.BadInput },
        { new FormatException("m"), ExitCode.BadInput },
        { new FileNotFoundException("m", "f"), ExitCode.BadInput },
        { new DirectoryNotFoundException("m"), ExitCode.BadInput },
        { new IOException("m"), ExitCode.BadInput },
        { new EndOfStreamException("m"), ExitCode.BadInput },
        { new InvalidDataException("m"), ExitCode.BadInput },
        { new UnauthorizedAccessException("m"), ExitCode.Refused },
        { new PolicyException("m"), ExitCode.Refused },
        { new AggregateException(new PolicyException("m")), ExitCode.Refused },
        { new AggregateException(new IOException("m"), new IOException("n")), ExitCode.BadInput },
        { new AggregateException(), ExitCode.Defect },
        { new InvalidOperationException("m"), ExitCode.Defect },
        { new AggregateException(new PolicyException("m"), new IOException("m")), ExitCode.Defect },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void From_EachKindOfException_HasItsCodeAndOneLine(Exception exception, int code)
    {
        Failure failure = Failure.From(exception);

        Assert.Equal(code, failure.ExitCode);
        Assert.NotEmpty(failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void From_ParseErrorOfTheBaseLibrary_DoesNotQuoteTheText()
    {
        FormatException exception = Assert.Throws<FormatException>(() => int.Parse(Canary, null));

        Assert.DoesNotContain(Canary, Failure.From(exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_UnexpectedException_DoesNotQuoteIt() =>
        Assert.DoesNotContain(Canary, Failure.From(new KeyNotFoundException(Canary)).Message, StringComparison.Ordinal);

    [Fact]
    public void From_ArgumentException_LeavesOutParameterAndValue()
    {
        const string Problem = "must be small";

        Assert.Equal(Problem, Failure.From(new ArgumentException(Problem, "seed")).Message);
        Assert.Equal(Problem, Failure.From(new ArgumentOutOfRangeException("seed", Canary, Problem)).Message);
    }

    [Fact]
    public void From_Cancellation_SaysSo() =>
        Assert.Equal("cancelled", Failure.From(new OperationCanceledException()).Message);
}

using Linkage.Cli.Terminal;
using Spectre.Console;

namespace Linkage.Cli.Tests.Terminal;

public sealed class TerminalOutputTests : IDisposable
{
    private readonly StringWriter _results = new();
    private readonly StringWriter _messages = new();
    private readonly HandClock _clock = new();

    public void Dispose()
    {
        _results.Dispose();
        _messages.Dispose();
    }

    [Fact]
    public void Messages_OfEachKind_AreOneLineOnStandardError()
    {
        TerminalOutput output = Plain();
        output.Warn("a");
        output.Error("b");
        output.Note("c");
        output.Results.Write("d");

        Assert.Equal(Lines("warning: a", "error: b", "c"), _messages.ToString());
        Assert.Equal("d", _results.ToString());
    }

    [Fact]
    public void Messages_WithControlCharacters_StayOneLineOfPlainText()
    {
        Plain().Error("a\nb\r\u001B[31mc\u009Bd");

        Assert.Equal($"error: a b  [31mc d{Environment.NewLine}", _messages.ToString());
    }

    [Fact]
    public void Track_Redirected_PrintsAtMostOneLineASecond()
    {
        (int Milliseconds, double Share)[] reports =
        [
            (0, 0.01), (999, 0.02), (1, 0.3), (500, 0.4), (499, 0.5), (1, 0.6), (1000, 0.601), (0, 0.609), (1, 2.0),
        ];
        int result = Plain().Track("encoding", progress =>
        {
            foreach ((int milliseconds, double share) in reports)
            {
                _clock.Advance(milliseconds);
                progress.Report(share);
            }

            return 7;
        });

        Assert.Equal(7, result);
        Assert.Equal(Lines("encoding: 30 %", "encoding: 60 %", "encoding: 100 %"), _messages.ToString());
    }

    [Fact]
    public void Track_WorkThatThrows_LetsTheExceptionThrough() => Assert.Throws<InvalidDataException>(
        () => Plain().Track<int>("encoding", _ => throw new InvalidDataException()));

    [Fact]
    public void Track_OnATerminal_DrawsAndKeepsMessages()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_messages),
        });
        TerminalOutput output = new(_results, _messages, _clock, console);

        int result = output.Track("[stage]", progress =>
        {
            progress.Report(0.5);
            output.Warn("odd [thing]");
            return 7;
        });

        Assert.Equal(7, result);
        Assert.Contains("warning: odd [thing]", _messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("[stage]", _messages.ToString(), StringComparison.Ordinal);
        Assert.Empty(_results.ToString());
    }

    private static string Lines(params string[] lines) =>
        string.Concat(lines.Select(line => line + Environment.NewLine));

    private TerminalOutput Plain() => new(_results, _messages, _clock);

    private sealed class HandClock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public void Advance(int milliseconds) => _milliseconds += milliseconds;

        public override long GetTimestamp() => _milliseconds;
    }
}

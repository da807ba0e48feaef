using Spectre.Console;

namespace Linkage.Cli.Terminal;

/// <summary>The one door to the terminal: results on standard output, everything else on standard error.</summary>
/// <remarks>
/// Plain text unless standard error is a terminal: then, and only then, progress is drawn. Messages are one line each;
/// control characters in them (a file's name may hold some) are shown as blanks. Safe to use from several threads.
/// </remarks>
internal sealed class TerminalOutput
{
    private readonly IAnsiConsole? _console;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private bool _drawing;

    /// <summary>Makes an output over two writers.</summary>
    /// <param name="results">Receives results.</param>
    /// <param name="messages">Receives warnings, errors and progress.</param>
    /// <param name="time">Paces the plain progress lines.</param>
    /// <param name="console">Draws progress on a terminal; null when messages are redirected.</param>
    public TerminalOutput(TextWriter results, TextWriter messages, TimeProvider time, IAnsiConsole? console = null)
    {
        Results = TextWriter.Synchronized(results);
        Messages = TextWriter.Synchronized(messages);
        _time = time;
        _console = console;
    }

    /// <summary>Where results go.</summary>
    public TextWriter Results { get; }

    /// <summary>Where all that is not a result goes.</summary>
    public TextWriter Messages { get; }

    /// <summary>The output of this process: its standard output and standard error.</summary>
    /// <returns>An output that draws only on a terminal that can.</returns>
    public static TerminalOutput ForProcess() =>
        new(Console.Out, Console.Error, TimeProvider.System, Console.IsErrorRedirected ? null : DrawingConsole());

    /// <summary>Says that something is odd but not wrong.</summary>
    /// <param name="message">One line, without any cell's value.</param>
    public void Warn(string message) => Say($"warning: {message}");

    /// <summary>Says why the command failed.</summary>
    /// <param name="message">One line, without any cell's value.</param>
    public void Error(string message) => Say($"error: {message}");

    /// <summary>Says what happened, beside the results.</summary>
    /// <param name="message">One line, without any cell's value.</param>
    public void Note(string message) => Say(message);

    /// <summary>Does a piece of work and shows how far it is.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="stage">The work's name, such as "encoding".</param>
    /// <param name="work">Does the work; reports the share done, 0 to 1, as often as it likes.</param>
    /// <returns>What the work gave.</returns>
    public T Track<T>(string stage, Func<IProgress<double>, T> work)
    {
        if (_console is null)
        {
            return work(new PlainProgress(this, stage, _time));
        }

        Progress progress = _console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        Volatile.Write(ref _drawing, true);
        try
        {
            return progress.Start(drawing => work(new DrawnProgress(drawing.AddTask(Markup.Escape(stage)))));
        }
        finally
        {
            Volatile.Write(ref _drawing, false);
        }
    }

    // Honours https://no-color.org besides what the terminal says of itself (TERM=dumb is not drawn on at all).
    private static IAnsiConsole? DrawingConsole()
    {
        bool noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            ColorSystem = noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        return console.Profile.Capabilities.Ansi ? console : null;
    }

    /// <summary>Shows control characters as blanks: a file from elsewhere must not command a terminal.</summary>
    /// <param name="message">Any text.</param>
    /// <returns>The text in one line.</returns>
    public static string OneLine(string message) =>
        string.Create(message.Length, message, static (line, text) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });

    private void Say(string message)
    {
        lock (_gate)
        {
            // While a bar is drawn its console must place the line; otherwise it would only break lines at its width.
            if (_console is not null && Volatile.Read(ref _drawing))
            {
                _console.WriteLine(OneLine(message));
            }
            else
            {
                Messages.WriteLine(OneLine(message));
            }
        }
    }
}

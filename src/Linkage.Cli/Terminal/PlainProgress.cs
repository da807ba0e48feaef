using System.Globalization;

namespace Linkage.Cli.Terminal;

/// <summary>Progress as lines of text such as "encoding: 30 %", at most one a second.</summary>
/// <remarks>Work that ends within a second prints nothing. Safe to use from several threads.</remarks>
internal sealed class PlainProgress : IProgress<double>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TerminalOutput _output;
    private readonly string _stage;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _last;
    private int _percent = -1;

    /// <summary>Starts the clock.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="stage">The work's name.</param>
    /// <param name="time">Says when a second has passed.</param>
    public PlainProgress(TerminalOutput output, string stage, TimeProvider time)
    {
        _output = output;
        _stage = stage;
        _time = time;
        _last = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Report(double value)
    {
        int percent = (int)(Math.Clamp(value, 0, 1) * 100);
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            if (percent == _percent || _time.GetElapsedTime(_last, now) < Pause)
            {
                return;
            }

            _last = now;
            _percent = percent;
            _output.Note(string.Create(CultureInfo.InvariantCulture, $"{_stage}: {percent} %"));
        }
    }
}

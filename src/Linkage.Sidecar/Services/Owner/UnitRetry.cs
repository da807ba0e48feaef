using System.Security.Cryptography;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The pauses between attempts at a unit: growing, and different for every owner.</summary>
/// <param name="patience">How long to go on, counted from the last progress.</param>
/// <param name="time">Measures it.</param>
internal sealed class UnitRetry(TimeSpan patience, TimeProvider time)
{
    private const int LongestPause = 10_000;
    private const int FirstPause = 200;

    private long _since = time.GetTimestamp();
    private int _attempts;

    /// <summary>The unit has more than before: begins anew.</summary>
    public void NoteProgress()
    {
        _since = time.GetTimestamp();
        _attempts = 0;
    }

    /// <summary>Whether to try again.</summary>
    /// <param name="pause">How long to wait first.</param>
    public bool TryNext(out TimeSpan pause)
    {
        TimeSpan left = patience - time.GetElapsedTime(_since);
        int most = Math.Min(LongestPause, FirstPause << Math.Min(_attempts++, 16));
        // Half is chance, so that owners who lost the unit together do not come back together.
        pause = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1));
        pause = pause < left ? pause : left;
        return left > TimeSpan.Zero;
    }
}

namespace Linkage.Sidecar.Audit;

/// <summary>Whether the log could be written when it was last tried. Thread-safe.</summary>
internal sealed class AuditCondition
{
    private readonly ILogger? _logger;
    private Exception? _failure;
    private long _withheld;

    /// <summary>All is well until something fails.</summary>
    public AuditCondition(ILogger? logger)
    {
        _logger = logger;
    }

    /// <summary>Is told, on the thread that writes, that <see cref="IsWritable"/> has changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>Whether the log can be written, for all that is known.</summary>
    public bool IsWritable => Volatile.Read(ref _failure) is null;

    /// <summary>How many entries could not be written since it cannot be; of the thread that writes.</summary>
    public long Withheld => _withheld;

    /// <summary>Entries could not be written.</summary>
    public void Fail(Exception failure, long entries)
    {
        _withheld += entries;
        if (Interlocked.Exchange(ref _failure, failure) is null)
        {
            _logger?.LogUnwritable(failure.GetType().Name);
            Changed?.Invoke();
        }
    }

    /// <summary>Entries were written.</summary>
    public void Succeed()
    {
        _withheld = 0;
        if (Interlocked.Exchange(ref _failure, null) is not null)
        {
            _logger?.LogWritableAgain();
            Changed?.Invoke();
        }
    }
}

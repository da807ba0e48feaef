namespace Linkage.Sidecar.Hosting;

/// <summary>What one caller may take; each party has the same.</summary>
internal sealed record LimitOptions
{
    /// <summary>Calls a second, on average; as many may come at once after a quiet second.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Calls under way at the same time.</summary>
    public int ConcurrentCalls { get; init; } = 32;

    /// <summary>Of these, streams under way at the same time, in either direction.</summary>
    public int ConcurrentStreams { get; init; } = 16;

    /// <summary>Bytes of one uploaded file.</summary>
    public long UploadBytes { get; init; } = 64L << 30;

    /// <summary>Uploads of one party that are open at the same time, over all projects.</summary>
    public int OpenUploads { get; init; } = 16;

    /// <summary>Bytes that a party has announced in open uploads.</summary>
    public long OpenUploadBytes { get; init; } = 256L << 30;

    /// <summary>Runs that wait or are at work, over all projects of one analyst.</summary>
    public int OpenRuns { get; init; } = 8;

    /// <summary>Bytes of one message, before and after decompression.</summary>
    public int MessageBytes { get; init; } = 4 << 20;

    /// <summary>How long a message may take to arrive once it has begun, and how long a caller may take nothing of an
    /// answer that waits for it.</summary>
    public TimeSpan MessageTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection may be silent before the other end is asked whether it is there; it has as long
    /// again to answer.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refused credentials a minute from one address, and of one credential.</summary>
    public int FailuresPerMinute { get; init; } = 10;
}

namespace Grpc.Core;

/// <summary>How a call ended: a code and a sentence for a person. The default value is success.</summary>
internal readonly struct Status
{
    /// <summary>Success without a sentence.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, string.Empty);

    /// <summary>Cancelled without a sentence.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, string.Empty);

    // A default struct skips the constructor, so the field may be null although the property never is.
    private readonly string? _detail;

    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    public StatusCode StatusCode { get; }

    public string Detail => _detail ?? string.Empty;

    /// <summary>What went wrong on this side; never sent.</summary>
    public Exception? DebugException { get; }

    public override string ToString() => $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")";
}

using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>A call about runs is refused; the message names no value of a record.</summary>
internal sealed class RunRefusedException : Exception
{
    public RunRefusedException(ErrorReason reason, string message)
        : base(message)
    {
        Reason = reason;
    }

    /// <summary>Why, as callers are told.</summary>
    public ErrorReason Reason { get; }
}

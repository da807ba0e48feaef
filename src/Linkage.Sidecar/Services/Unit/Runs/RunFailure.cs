using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>What callers are told about a run that failed: the name of a reason, no more.</summary>
internal static class RunFailure
{
    // ENOSPC of Linux, which the runtime passes on as it is.
    private const int NoSpaceLeft = 28;

    /// <summary>The reason that goes with a failure.</summary>
    public static ErrorReason ReasonOf(Exception failure) => failure switch
    {
        RunRefusedException refused => refused.Reason,
        IOException { HResult: NoSpaceLeft } => ErrorReason.DiskFull,
        StoreDamagedException => ErrorReason.InternalError,
        FormatException => ErrorReason.NotReadyToLink,
        _ => ErrorReason.InternalError,
    };

    /// <summary>The name of a reason as the contract writes it.</summary>
    public static string NameOf(ErrorReason reason) =>
        ErrorsReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(ErrorReason))
            .FindValueByNumber((int)reason).Name;
}

using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>What callers are told about a run that failed: the name of a reason, no more.</summary>
internal static class RunFailure
{
    /// <summary>The reason that goes with a failure.</summary>
    public static ErrorReason ReasonOf(Exception failure) => failure switch
    {
        RunRefusedException refused => refused.Reason,
        IOException when DiskFaults.IsDiskFull(failure) => ErrorReason.DiskFull,
        StoreDamagedException => ErrorReason.InternalError,
        FormatException => ErrorReason.NotReadyToLink,
        _ => ErrorReason.InternalError,
    };

    /// <summary>The name of a reason as the contract writes it.</summary>
    public static string NameOf(ErrorReason reason) =>
        ErrorsReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(ErrorReason))
            .FindValueByNumber((int)reason).Name;
}

using System.Runtime.Intrinsics.X86;

namespace Linkage.Bloom.Kernels;

/// <summary>Picks the kernels for this machine; the only reader of the hardware's abilities.</summary>
/// <remarks>
/// <c>LINKAGE_KERNEL</c> = <c>scalar</c>, <c>vector256</c> or <c>vector512</c> forces a narrower form than the machine
/// has; a wider one is ignored.
/// </remarks>
internal static class KernelSelector
{
    private const string OverrideVariable = "LINKAGE_KERNEL";

    /// <summary>The widest form this machine can run.</summary>
    public static KernelWidth Widest { get; } =
        Avx512Vbmi.IsSupported ? KernelWidth.Vector512
        : Avx2.IsSupported ? KernelWidth.Vector256
        : KernelWidth.Scalar;

    /// <summary>The form in use.</summary>
    public static KernelWidth Selected { get; } = Select();

    /// <summary>True when AES runs in instructions of the processor that the base library exposes.</summary>
    public static bool HasAes => Aes.IsSupported && Selected != KernelWidth.Scalar;

    private static KernelWidth Select() =>
        Enum.TryParse(Environment.GetEnvironmentVariable(OverrideVariable), ignoreCase: true, out KernelWidth forced)
        && forced < Widest
            ? forced
            : Widest;
}

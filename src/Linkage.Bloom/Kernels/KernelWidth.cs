namespace Linkage.Bloom.Kernels;

/// <summary>The forms a kernel exists in; all give the same bits.</summary>
internal enum KernelWidth
{
    /// <summary>Plain code, the oracle of the others.</summary>
    Scalar = 0,

    /// <summary>256-bit byte shuffles (AVX2).</summary>
    Vector256,

    /// <summary>512-bit two-source byte permutes (AVX-512 VBMI).</summary>
    Vector512,
}

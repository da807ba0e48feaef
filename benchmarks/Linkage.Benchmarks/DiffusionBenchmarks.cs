using BenchmarkDotNet.Attributes;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;

namespace Linkage.Benchmarks;

/// <summary>The hot path of profile standard: the secrets of a block, and the protection of one field.</summary>
public class DiffusionBenchmarks : IDisposable
{
    private readonly byte[] _filter = new byte[DiffusionKernel.ByteLength];
    private readonly byte[] _output = new byte[DiffusionKernel.ByteLength];
    private readonly byte[] _indexes = new byte[SchemaLimits.DiffusionCount * DiffusionKernel.BitLength];
    private readonly byte[] _masks = new byte[SchemaLimits.DiffusionCount * DiffusionKernel.BitLength];
    private readonly byte[] _nonce = new byte[CounterCipher.BlockLength];
    private BlockScope _scope = null!;

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < _indexes.Length; i++)
        {
            _indexes[i] = (byte)(i * 37 % DiffusionKernel.ByteLength);
            _masks[i] = (byte)(1 << (i % 8));
        }

        _scope = new BlockScope(new byte[CounterCipher.KeyLength], new byte[CounterCipher.KeyLength], 8);
    }

    [Benchmark]
    public void EnterBlock() => _scope.Enter(_nonce);

    [Benchmark(Baseline = true)]
    public void ProtectFieldScalar() => Apply(KernelWidth.Scalar);

    [Benchmark]
    public void ProtectFieldVector256() => Apply(KernelWidth.Vector256);

    [Benchmark]
    public void ProtectFieldVector512() => Apply(KernelWidth.Vector512);

    [GlobalCleanup]
    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Apply(KernelWidth width)
    {
        if (width > KernelSelector.Widest)
        {
            throw new PlatformNotSupportedException($"This machine has no {width} kernel.");
        }

        DiffusionKernel.Apply(width, _filter, _indexes, _masks, _output);
    }
}

using BenchmarkDotNet.Attributes;
using Linkage.Bloom.Storage;

namespace Linkage.Benchmarks;

/// <summary>Raw records to a verified encoded file, profile standard, eight fields in five passes.</summary>
[MemoryDiagnoser]
public class EncodingBenchmarks : IDisposable
{
    private const int Records = 20_000;

    private SampleFiles _files = null!;

    [GlobalSetup]
    public void Setup() => _files = new SampleFiles(Records, 1);

    [Benchmark(OperationsPerInvoke = Records)]
    public long EncodeRecord()
    {
        using EncodedFile file = _files.Encode(0);
        return file.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _files.Dispose();
        GC.SuppressFinalize(this);
    }
}

using BenchmarkDotNet.Attributes;
using Linkage.Bloom.Storage;
using Linkage.Core;

namespace Linkage.Benchmarks;

/// <summary>Two encoded files of 20,000 people to pairs and entities.</summary>
[MemoryDiagnoser]
public class LinkingBenchmarks : IDisposable
{
    private SampleFiles _files = null!;
    private EncodedFile _left = null!;
    private EncodedFile _right = null!;

    [GlobalSetup]
    public void Setup()
    {
        _files = new SampleFiles(20_000, 2);
        _left = _files.Encode(0);
        _right = _files.Encode(1);
    }

    [Benchmark]
    public long Link() => Linker.Link([_left, _right]).CandidateCount;

    [GlobalCleanup]
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _files.Dispose();
        GC.SuppressFinalize(this);
    }
}

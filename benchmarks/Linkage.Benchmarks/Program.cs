using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Linkage.Benchmarks.EncodingBenchmarks).Assembly).Run(args);

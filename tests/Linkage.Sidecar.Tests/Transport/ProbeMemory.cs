using System.Collections.Concurrent;
using Grpc.Core;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>What the test service saw, and what makes it go on.</summary>
internal sealed class ProbeMemory
{
    public ConcurrentBag<ServerCallContext> Calls { get; } = [];

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Notes { get; } = [];

    public volatile int Written;

    /// <summary>Waits until a handler was entered.</summary>
    public Task CalledAsync() => Waiting.UntilAsync(() => !Calls.IsEmpty);
}

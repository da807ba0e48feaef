using System.Collections.Concurrent;
using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A unit that answers lookups as a test sets it up.</summary>
internal sealed class FakeLookups : LookupService.LookupServiceBase
{
    private readonly ConcurrentQueue<LookupRequest> _questions = new();

    /// <summary>What every lookup is answered with.</summary>
    public LookupResponse Answer { get; set; } = FindQuestions.Answer();

    /// <summary>What every lookup is refused with; null to answer it.</summary>
    public RpcException? Refusal { get; set; }

    /// <summary>Whether no lookup is ever answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What was asked.</summary>
    public IReadOnlyCollection<LookupRequest> Questions => _questions;

    public override async Task<LookupResponse> Lookup(LookupRequest request, ServerCallContext context)
    {
        _questions.Enqueue(request);
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return Refusal is null ? Answer : throw Refusal;
    }
}

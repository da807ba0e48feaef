using Grpc.Core;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;

namespace Linkage.Sidecar.Tests.Audit;

/// <summary>A call of the party "health" that came over no connection.</summary>
internal sealed class GateCall : ServerCallContext
{
    private readonly string _method;

    public GateCall(string method)
    {
        _method = method;
        UserState[CallFacts.CallerKey] = new Caller(CallerKind.Token, "health", CallerRoles.Party);
    }

    protected override string MethodCore => _method;

    protected override string HostCore => "";

    protected override string PeerCore => "";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => CancellationToken.None;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}

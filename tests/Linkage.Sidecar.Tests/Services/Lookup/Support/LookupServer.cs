using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>A server with the lookups of a bench behind the gate; who calls is said by a header.</summary>
internal sealed class LookupServer : BenchServer
{
    private readonly RunBench _bench;

    private LookupServer(WebApplication app, RunBench bench)
        : base(app)
    {
        _bench = bench;
        Client = new V1.LookupService.LookupServiceClient(Channel);
    }

    public V1.LookupService.LookupServiceClient Client { get; }

    public GivenPolicy Policy => (GivenPolicy)Services.GetRequiredService<IDisclosurePolicy>();

    public RememberedAudit Audit => (RememberedAudit)Services.GetRequiredService<IAuditTrail>();

    public LiveProjects Live => Services.GetRequiredService<LiveProjects>();

    public static async Task<LookupServer> StartAsync(
        RunBench bench, LookupOptions? options = null, TimeProvider? time = null)
    {
        WebApplication app = await RunAsync(
            bench,
            services => services.AddSingleton<IDisclosurePolicy, GivenPolicy>()
                .AddSingleton<IAuditTrail, RememberedAudit>()
                .AddSingleton<AgreementBooks>()
                .AddSingleton(provider => new OutputPolicy(
                    provider.GetRequiredService<AgreementBooks>(), TimeProvider.System, isRequired: false))
                .AddLookups(options ?? new LookupOptions { Burst = 100_000, UnknownPercent = 101 }),
            mapped => mapped.MapGrpcService<Sidecar.Services.Unit.Lookup.LookupService>(),
            time);
        return new LookupServer(app, bench);
    }

    public static CallOptions As(string party) => Named(CallerRoles.Party, party);

    public static CallOptions AsAnalyst() => Named(CallerRoles.Analyst, RunBench.Analyst);

    public LookupRequest Request(byte[] content, params IEnumerable<string> parties) => new()
    {
        ProjectId = _bench.Project.Id,
        Purpose = "coordination",
        CaseReference = "case-1",
        EncodedRecord = ByteString.CopyFrom(content),
        Parties = { parties },
    };

    public LookupBatchRequest Batch(byte[] content, params IEnumerable<string> parties) => new()
    {
        ProjectId = _bench.Project.Id,
        Purpose = "coordination",
        CaseReference = "case-1",
        EncodedRecords = ByteString.CopyFrom(content),
        Parties = { parties },
    };

    public AddRecordsRequest Add(byte[] content) => new()
    {
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        ProjectId = _bench.Project.Id,
        EncodedRecords = ByteString.CopyFrom(content),
    };
}

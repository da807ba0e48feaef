using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Services.Lookup.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Services.Agreements.Support;

/// <summary>A server with agreements, lookups and results of a bench behind the gate.</summary>
internal sealed class AgreementServer : BenchServer
{
    private AgreementServer(WebApplication app)
        : base(app)
    {
        Agreements = new V1.AgreementService.AgreementServiceClient(Channel);
        Lookups = new V1.LookupService.LookupServiceClient(Channel);
        Runs = new V1.LinkageService.LinkageServiceClient(Channel);
    }

    public V1.AgreementService.AgreementServiceClient Agreements { get; }

    public V1.LookupService.LookupServiceClient Lookups { get; }

    public V1.LinkageService.LinkageServiceClient Runs { get; }

    public static async Task<AgreementServer> StartAsync(RunBench bench, TimeProvider time) =>
        new(await RunAsync(
            bench,
            services => services.AddSingleton<IAuditTrail, RememberedAudit>()
                .AddAgreements(new AgreementOptions())
                .AddRuns(bench.Folder)
                .AddLookups(new LookupOptions { Burst = 100_000, UnknownPercent = 101, LoadTime = Waiting.Patience }),
            app =>
            {
                app.MapGrpcService<AgreementService>();
                app.MapGrpcService<LookupService>();
                app.MapGrpcService<LinkageService>();
            },
            time));

    /// <summary>Says who calls; a party by its name, everybody else by the role.</summary>
    public static CallOptions As(AccessRole role, string party) => role switch
    {
        AccessRole.Party => Named(CallerRoles.Party, party),
        AccessRole.Analyst => Named(CallerRoles.Analyst, RunBench.Analyst),
        AccessRole.Anonymous => Named(role: null, "nobody"),
        _ => Named(Enum.Parse<CallerRoles>($"{role}"), $"{role}"),
    };
}

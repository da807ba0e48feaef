using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Services.Unit.Admin;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Audit;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Services.Unit.Lookup;
using Linkage.Sidecar.Services.Unit.Projects;
using Linkage.Sidecar.Services.Unit.Retention;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Transport.Server;
using Linkage.Sidecar.Transport.Standard;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Puts the services of the configured roles behind the gate.</summary>
internal static class ServiceMapping
{
    /// <summary>Adds the gate and what the services need.</summary>
    public static void AddSidecarServices(this IServiceCollection services, SidecarOptions options, TimeProvider time)
    {
        services.AddSingleton<CallerLookup>(
            provider => call => provider.GetRequiredService<CallerResolver>().Resolve(
                call.GetHttpContext(), isAgain: call.UserState.ContainsKey(CallFacts.CallerKey)));
        services.AddSingleton(provider => new AccessPolicy(provider.GetService<UnitStore>()));
        services.AddSingleton<AccessGate>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Limits.MessageBytes;
            grpc.DrainTimeout = options.Drain;
            grpc.MessageTimeout = options.Limits.MessageTime;
            grpc.Interceptors.Add<AccessGate>();
        });
        services.AddGrpcHealth();
        services.AddGrpcReflection();
        if (options.Roles.HasFlag(SidecarRoles.Owner))
        {
            services.AddSingleton(_ => UnitRoutes.Load(options.Units, time));
            services.AddSingleton(provider => new OwnerParts(
                options.Directories,
                provider.GetRequiredService<UnitRoutes>().Find,
                call => CallFacts.CallerOf(call).Name,
                time)
            {
                Metrics = provider.GetRequiredService<SidecarMetrics>(),
            });
        }

        if (options.Roles.HasFlag(SidecarRoles.Unit) && options.Directories.Data is { } data)
        {
            AddUnit(services, options, data, time);
            services.AddAgreements(options.Agreements);
            services.AddRetention(options.Retention, data);
        }
    }

    /// <summary>
    /// Maps the services whose needs were added; the store is opened now, so that a fault is one of the start.
    /// </summary>
    public static void MapSidecarServices(this WebApplication app)
    {
        app.MapGrpcHealthService();
        app.MapGrpcReflectionService();
        if (app.Services.GetService<OwnerParts>() is not null)
        {
            app.MapGrpcService<OwnerEncodingService>();
        }

        if (app.Services.GetService<UnitStore>() is not null)
        {
            _ = app.Services.GetRequiredService<AuditLog>();
            _ = app.Services.GetRequiredService<ProcessFacts>();
            _ = app.Services.GetRequiredService<StoreGauges>();
            app.MapGrpcService<ProjectService>();
            app.MapGrpcService<ExchangeService>();
            app.MapGrpcService<AdminService>();
            app.MapGrpcService<LinkageService>();
            app.MapGrpcService<AuditService>();
            app.MapGrpcService<AgreementService>();
            app.MapGrpcService<LookupService>();
        }

        ReportServing(app.Services);
    }

    // Supervisors ask for the service they need; one of a role that is not served stays unknown.
    private static void ReportServing(IServiceProvider services)
    {
        HealthStatuses statuses = services.GetRequiredService<HealthStatuses>();
        foreach (ServiceDescriptor service in services.GetRequiredService<ServiceRegistry>().Services
            .Where(service => service.File.Package == Refusals.Domain))
        {
            statuses.Set(service.FullName, ServingStatus.Serving);
        }
    }

    // The start waits for the store: nothing can be answered without it. The container closes it at the end.
    private static void AddUnit(
        IServiceCollection services, SidecarOptions options, string data, TimeProvider time)
    {
        LimitOptions limits = options.Limits;
        StoreLimits storeLimits = new()
        {
            OpenUploads = limits.OpenUploads,
            OpenUploadBytes = limits.OpenUploadBytes,
            OpenRuns = limits.OpenRuns,
        };
        services.AddSingleton(provider =>
        {
            UnitStore store =
                UnitStore.OpenAsync(data, time, storeLimits, options.Encryption).GetAwaiter().GetResult();
            if (!store.IsEncrypted)
            {
                provider.GetRequiredService<ILogger<UnitStore>>().StoreIsPlain();
            }

            return store;
        });
        services.AddAudit(data, time);
        services.AddSingleton<ProcessFacts>();
        services.AddSingleton<TokenDesk>();
        services.AddSingleton<Preflight>();
        services.AddSingleton<ProjectService>();
        services.AddSingleton<ExchangeService>();
        services.AddSingleton<AdminService>();
        services.AddSingleton(provider => new StoreGauges(
            provider.GetRequiredService<SidecarMetrics>().Meter, provider.GetRequiredService<UnitStore>(), data, time));
        services.AddHostedService<UploadSweeper>();
        services.AddRuns(data);
        services.AddLookups(options.Lookups);
    }
}

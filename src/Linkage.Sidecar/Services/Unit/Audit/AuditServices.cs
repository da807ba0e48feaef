using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Audit;

/// <summary>Puts the audit log beside the store.</summary>
internal static class AuditServices
{
    /// <summary>Adds the log, its desk at the gate, and what reads it.</summary>
    public static void AddAudit(this IServiceCollection services, string data, TimeProvider time)
    {
        services.AddSingleton(provider => AuditLog.Open(
            data,
            provider.GetRequiredService<UnitStore>().AuditMarks,
            time,
            provider.GetRequiredService<ILogger<AuditLog>>()));
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton(provider => new AuditDesk(
            provider.GetRequiredService<IAuditTrail>(),
            time,
            provider.GetRequiredService<ILogger<AuditDesk>>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<UnitStore>().AuditMarks.Outbox));
        services.AddSingleton(provider => new DeletionCertificates(data));
        services.AddSingleton<AuditService>();
        services.AddHostedService<RefusalNotes>();
        services.AddSingleton<AuditWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditWatch>());
    }
}

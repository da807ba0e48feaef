using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Audit;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Adds the clocks, the sweeper and the certificates.</summary>
internal static class RetentionServices
{
    /// <summary>Adds them; the store, the audit log, the agreements and the time are there.</summary>
    public static void AddRetention(this IServiceCollection services, RetentionTerms configured, string data)
    {
        services.AddSingleton<IUnitSigner>(provider =>
        {
            _ = provider.GetRequiredService<AuditLog>(); // makes the key, if there is none yet
            return new AuditKeySigner(AuditKey.Load(AuditFolder.InData(data)));
        });
        services.AddSingleton<IRetentionClock>(provider => new AgreementRetentionClock(
            provider.GetRequiredService<AgreementBooks>(),
            new ConfiguredRetention(configured),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CertificateDesk(
            provider.GetRequiredService<UnitStore>(),
            provider.GetRequiredService<IUnitSigner>(),
            provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<TimeProvider>(),
            Path.Join(data, DeletionCertificates.Folder)));
        services.AddSingleton<RetentionSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionSweeper>());
    }
}

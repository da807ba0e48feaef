using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Adds agreements and what decides by them.</summary>
internal static class AgreementServices
{
    /// <summary>Adds them; the store and the time are there.</summary>
    public static IServiceCollection AddAgreements(this IServiceCollection services, AgreementOptions options)
    {
        services.AddSingleton<AgreementBooks>();
        services.AddSingleton<IDisclosurePolicy, AgreementDisclosurePolicy>();
        services.AddSingleton(provider => new OutputPolicy(
            provider.GetRequiredService<AgreementBooks>(),
            provider.GetRequiredService<TimeProvider>(),
            options.AreRequired));
        services.AddSingleton<ReleaseDesk>();
        services.AddSingleton<WaitingList>();
        services.AddSingleton<AgreementService>();
        services.AddSingleton<OverdueWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OverdueWatch>());
        return services;
    }
}

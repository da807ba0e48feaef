namespace Linkage.Sidecar.Hosting;

/// <summary>Whether projects need agreements.</summary>
internal sealed record AgreementOptions
{
    /// <summary>Whether a project without an agreement may neither link nor give results. Lookups always need one.</summary>
    public bool AreRequired { get; init; }
}

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Decides who may be told what, by the agreement in force; denies what no clause allows.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IDisclosurePolicy
{
    /// <summary>Decides one question, at this moment.</summary>
    DisclosureRuling Decide(DisclosureQuestion question);
}

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Decides who may be told what, by the agreement in force. Thread-safe; denies what no clause allows.</summary>
internal interface IDisclosurePolicy
{
    /// <summary>Decides one question, at this moment.</summary>
    DisclosureRuling Decide(DisclosureQuestion question);
}

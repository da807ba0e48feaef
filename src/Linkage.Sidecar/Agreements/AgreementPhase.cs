namespace Linkage.Sidecar.Agreements;

/// <summary>How far a version of an agreement is.</summary>
internal enum AgreementPhase
{
    /// <summary>Nobody has signed it.</summary>
    Draft = 0,

    /// <summary>Some parties have signed it.</summary>
    PartlySigned,

    /// <summary>Every party has signed it; its first day is still to come.</summary>
    Signed,

    /// <summary>Every party has signed it, and it is in force.</summary>
    Active,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>Fewer than two parties are left in it.</summary>
    Withdrawn,

    /// <summary>Another version has taken its place.</summary>
    Replaced,
}

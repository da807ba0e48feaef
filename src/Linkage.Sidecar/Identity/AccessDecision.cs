namespace Linkage.Sidecar.Identity;

/// <summary>Whether a call goes ahead.</summary>
internal enum AccessDecision
{
    /// <summary>It does not.</summary>
    Denied = 0,

    /// <summary>It does.</summary>
    Allowed = 1,
}

namespace Linkage.Sidecar.Hosting;

/// <summary>What the process does; both at once only for development.</summary>
[Flags]
internal enum SidecarRoles
{
    /// <summary>Nothing; never the result of a configuration that was read.</summary>
    None = 0,

    /// <summary>Encodes an agency's own records; holds keys and sees plaintext.</summary>
    Owner = 1,

    /// <summary>Links encodings of several agencies; holds neither key nor plaintext.</summary>
    Unit = 2,
}

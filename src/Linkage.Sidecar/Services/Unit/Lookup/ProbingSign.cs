namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Why lookups look like probing.</summary>
internal enum ProbingSign
{
    /// <summary>They do not.</summary>
    None = 0,

    /// <summary>Nearly none of them finds anybody.</summary>
    NeverMatching,

    /// <summary>Many of them differ from another one in little.</summary>
    NearIdentical,

    /// <summary>Too many different clients are asked about under one case reference.</summary>
    OneCase,
}

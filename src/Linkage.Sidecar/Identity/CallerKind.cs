namespace Linkage.Sidecar.Identity;

/// <summary>By what a caller was recognised.</summary>
internal enum CallerKind
{
    /// <summary>Not at all.</summary>
    Anonymous = 0,

    /// <summary>The certificate of a mutual TLS connection.</summary>
    Certificate = 1,

    /// <summary>A bearer token.</summary>
    Token = 2,

    /// <summary>The account at the other end of a unix socket.</summary>
    UnixSocket = 3,
}

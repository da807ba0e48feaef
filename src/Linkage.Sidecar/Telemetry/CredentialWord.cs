namespace Linkage.Sidecar.Telemetry;

/// <summary>What a caller came with who is nobody known; the names are labels.</summary>
internal enum CredentialWord
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A bearer token, or something that was sent as one.</summary>
    Token,

    /// <summary>A client certificate that the authority has signed.</summary>
    Certificate,
}

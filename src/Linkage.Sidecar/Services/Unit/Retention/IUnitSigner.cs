namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Signs for the unit, with the key that its audit log is signed with. Thread-safe.</summary>
internal interface IUnitSigner
{
    /// <summary>Names the key; SHA-256 of its public half, in lower-case hex.</summary>
    string KeyId { get; }

    /// <summary>Signs: ECDSA P-256 over SHA-256, as two numbers of 32 bytes (IEEE P1363).</summary>
    byte[] Sign(ReadOnlySpan<byte> content);
}

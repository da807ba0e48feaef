namespace Linkage.Sidecar.Storage;

/// <summary>Makes a creation repeatable: the same key and content give the same answer, once.</summary>
/// <param name="Caller">Who asks; keys of different callers never meet.</param>
/// <param name="Key">The caller's key.</param>
/// <param name="ContentHash">SHA-256 of what is asked; another content under the same key is refused.</param>
internal sealed record IdempotentRequest(string Caller, string Key, ReadOnlyMemory<byte> ContentHash);

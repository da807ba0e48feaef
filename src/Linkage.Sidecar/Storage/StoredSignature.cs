namespace Linkage.Sidecar.Storage;

/// <summary>A signature under a version of an agreement.</summary>
/// <param name="Party">Who has signed.</param>
/// <param name="Text">The signature file.</param>
/// <param name="ArrivedAt">When it came.</param>
internal sealed record StoredSignature(string Party, string Text, DateTimeOffset ArrivedAt);

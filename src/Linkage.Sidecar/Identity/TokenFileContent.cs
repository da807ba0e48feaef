namespace Linkage.Sidecar.Identity;

/// <summary>A file of tokens as JSON.</summary>
internal sealed record TokenFileContent(string Format, IReadOnlyList<TokenFileEntry> Tokens);

namespace Linkage.Sidecar.Identity;

/// <summary>Keeps bearer tokens by their hash. Implementations are safe to use from several threads.</summary>
internal interface ITokenStore
{
    /// <summary>Finds a token, valid or not, by comparing in constant time.</summary>
    /// <param name="hash">SHA-256 of the token's bytes.</param>
    TokenRecord? Find(ReadOnlySpan<byte> hash);

    /// <summary>Keeps a token; once this returns it is not lost.</summary>
    void Add(TokenRecord token);

    /// <summary>Refuses a token from a moment on; once this returns that is not lost.</summary>
    /// <param name="id">Its <see cref="TokenRecord.Id"/>.</param>
    /// <param name="moment">The moment; a token revoked before keeps its earlier one.</param>
    /// <returns>False if there is no such token.</returns>
    bool Revoke(string id, DateTimeOffset moment);

    /// <summary>Every token, in the order in which they were made.</summary>
    IReadOnlyList<TokenRecord> List();
}

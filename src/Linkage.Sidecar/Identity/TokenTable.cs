using System.Security.Cryptography;

namespace Linkage.Sidecar.Identity;

/// <summary>Tokens in memory; never changed, only replaced.</summary>
internal sealed class TokenTable
{
    /// <summary>No token.</summary>
    public static readonly TokenTable Empty = new([]);

    private readonly TokenRecord[] _records;

    /// <summary>Takes over the tokens.</summary>
    public TokenTable(IEnumerable<TokenRecord> records)
    {
        _records = [.. records];
    }

    /// <summary>Every token, in order.</summary>
    public IReadOnlyList<TokenRecord> Records => _records;

    /// <summary>Finds a token; looks at every one, wherever the match is.</summary>
    public TokenRecord? Find(ReadOnlySpan<byte> hash)
    {
        TokenRecord? found = null;
        foreach (TokenRecord record in _records)
        {
            if (CryptographicOperations.FixedTimeEquals(record.Hash.Span, hash))
            {
                found = record;
            }
        }

        return found;
    }

    /// <summary>The same tokens and one more.</summary>
    public TokenTable With(TokenRecord token) => new([.. _records, token]);

    /// <summary>The same tokens, one of them refused from a moment on; null if there is no such token.</summary>
    public TokenTable? Revoke(string id, DateTimeOffset moment)
    {
        int place = Array.FindIndex(_records, record => record.Id == id);
        if (place < 0)
        {
            return null;
        }

        TokenRecord[] records = [.. _records];
        if (records[place].Revoked is not { } earlier || earlier > moment)
        {
            records[place] = records[place] with { Revoked = moment };
        }

        return new TokenTable(records);
    }
}

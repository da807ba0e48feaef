namespace Linkage.Sidecar.Identity;

/// <summary>Tokens of one process; where no file is configured there are none.</summary>
internal sealed class MemoryTokenStore : ITokenStore
{
    private readonly Lock _gate = new();
    private volatile TokenTable _table = TokenTable.Empty;

    /// <inheritdoc/>
    public TokenRecord? Find(ReadOnlySpan<byte> hash) => _table.Find(hash);

    /// <inheritdoc/>
    public void Add(TokenRecord token)
    {
        lock (_gate)
        {
            _table = _table.With(token);
        }
    }

    /// <inheritdoc/>
    public bool Revoke(string id, DateTimeOffset moment)
    {
        lock (_gate)
        {
            TokenTable? changed = _table.Revoke(id, moment);
            _table = changed ?? _table;
            return changed is not null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TokenRecord> List() => _table.Records;
}

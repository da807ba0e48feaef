using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Signs with the key of the unit's audit log.</summary>
internal sealed class AuditKeySigner : IUnitSigner, IDisposable
{
    private readonly AuditKey _key;
    private readonly Lock _gate = new();

    /// <summary>Takes a key over.</summary>
    public AuditKeySigner(AuditKey key)
    {
        _key = key;
    }

    /// <inheritdoc/>
    public string KeyId => _key.Id;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            return _key.Sign(content);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}

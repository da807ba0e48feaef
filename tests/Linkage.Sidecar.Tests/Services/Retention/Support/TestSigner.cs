using System.Security.Cryptography;
using Linkage.Sidecar.Services.Unit.Retention;

namespace Linkage.Sidecar.Tests.Services.Retention.Support;

/// <summary>Signs with a key of its own.</summary>
internal sealed class TestSigner : IUnitSigner, IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId => Certificates.KeyIdOf(Key);

    public byte[] Sign(ReadOnlySpan<byte> content) => Key.SignData(content, HashAlgorithmName.SHA256);

    public void Dispose() => Key.Dispose();
}

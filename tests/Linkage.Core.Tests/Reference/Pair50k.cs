using Linkage.Bloom.Schemas;

namespace Linkage.Core.Tests.Reference;

/// <summary>Two files of 50,000 people each, compared in three ways; each made when it is first asked for.</summary>
public sealed class Pair50k : IDisposable
{
    private readonly Lazy<KnownPeople> _protectedPeople =
        new(() => KnownPeople.ReadPair50k(ProtectionProfile.Standard));

    private readonly Lazy<KnownPeople> _plainPeople =
        new(() => KnownPeople.ReadPair50k(ProtectionProfile.Research));

    private readonly Lazy<ReferenceRun> _protected;
    private readonly Lazy<ReferenceRun> _plain;
    private readonly Lazy<ReferenceRun> _plaintext;

    public Pair50k()
    {
        _protected = new(() => ReferenceRun.OnEncodings(_protectedPeople.Value));
        _plain = new(() => ReferenceRun.OnEncodings(_plainPeople.Value));
        _plaintext = new(() => ReferenceRun.OnPlaintext(_protectedPeople.Value, Protected.Candidates));
    }

    internal KnownPeople ProtectedPeople => _protectedPeople.Value;

    /// <summary>On the encodings that leave an owner.</summary>
    internal ReferenceRun Protected => _protected.Value;

    /// <summary>On base filters, which lie under the protection.</summary>
    internal ReferenceRun Plain => _plain.Value;

    /// <summary>On normal forms, over the candidates of <see cref="Protected"/>.</summary>
    internal ReferenceRun Plaintext => _plaintext.Value;

    public void Dispose()
    {
        foreach (Lazy<KnownPeople> people in new[] { _protectedPeople, _plainPeople })
        {
            if (people.IsValueCreated)
            {
                people.Value.Dispose();
            }
        }
    }
}

using System.Security.Cryptography;
using Linkage.Sidecar.Agreements;

namespace Linkage.Sidecar.Tests.Agreements.Support;

/// <summary>An agreement of three parties, with their keys.</summary>
internal sealed class AgreementSample : IDisposable
{
    /// <summary>The law that the exception cites.</summary>
    public const string Law = "42 CFR 2.13";

    private readonly Dictionary<string, ECDsa> _keys;

    public AgreementSample(params string[] parties)
    {
        _keys = parties.ToDictionary(party => party, _ => SigningKey.Create());
        Document = new AgreementDocument
        {
            Format = AgreementDocument.FormatName,
            Id = "pilot",
            Version = 1,
            Replaces = null,
            Title = "A pilot",
            Parties =
            [
                .. parties.Select(party => new AgreementParty(
                    party, $"The agency of {party}", SigningKey.PublicKeyOf(_keys[party]))),
            ],
            Default = "deny",
            Purposes =
            [
                Purpose("care", "lookup", "ownLinkIds"), Purpose("inquiry", "lookup"), Purpose("study", "counts"),
            ],
            LookupRules =
            [
                new("2.1", ["*"], ["*"], ["care"], "share", ["linkId", "probability"]),
                new("2.2", ["health", "benefits"], ["schools"], ["inquiry"], "ask", ["linkId", "levels"]),
            ],
            Exceptions = [new("3.1", ["benefits"], ["health"], ["*"], Law, "Treatment records stay where they are.")],
            Retention = new AgreementRetention("P365D", "P90D"),
            ResponseDeadline = "P14D",
            ReleaseLifetime = "P30D",
            Effective = new DateOnly(2030, 1, 1),
            Expires = new DateOnly(2030, 12, 31),
        };
    }

    /// <summary>A time at which the agreement is in force once it is signed.</summary>
    public static DateTimeOffset Within { get; } = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public AgreementDocument Document { get; }

    public AgreementText Text => AgreementText.Of(Document);

    public static AgreementPurpose Purpose(string name, params string[] outputs) =>
        new(name, $"For {name}", new LegalBasis("State Code 7-104", "Agencies may share."), ["*"], outputs);

    public AgreementSignature Sign(AgreementText text, string party) =>
        AgreementSigning.Sign(text, party, _keys[party], Within);

    public string SignatureText(AgreementText text, string party) =>
        System.Text.Encoding.UTF8.GetString(AgreementSigning.Format(Sign(text, party)));

    public ECDsa KeyOf(string party) => _keys[party];

    /// <summary>The agreement as it stands when some have signed and some have left.</summary>
    public AgreementStanding Standing(
        IEnumerable<string>? signed = null, IEnumerable<string>? withdrawn = null, AgreementDocument? document = null) =>
        new()
        {
            Text = AgreementText.Of(document ?? Document),
            Signed = new HashSet<string>(signed ?? _keys.Keys),
            Withdrawn = new HashSet<string>(withdrawn ?? []),
        };

    public void Dispose()
    {
        foreach (ECDsa key in _keys.Values)
        {
            key.Dispose();
        }
    }
}

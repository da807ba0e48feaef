using System.Security.Cryptography;
using System.Text;
using Grpc.Net.Client;
using Linkage.Sidecar.Agreements;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>An agreement under which every party answers every other one.</summary>
internal static class LookupAgreement
{
    /// <summary>The purpose it is for.</summary>
    public const string Purpose = "care";

    /// <summary>Proposes it and signs it for all.</summary>
    public static async Task SignAsync(
        GrpcChannel channel, string home, string projectId, IReadOnlyList<string> parties)
    {
        AgreementService.AgreementServiceClient unit = new(channel);
        var keys = parties.ToDictionary(party => party, _ => SigningKey.Create());
        var agreement = AgreementText.Of(Document(keys));
        await unit.ProposeAgreementAsync(
            new ProposeAgreementRequest
            {
                IdempotencyKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
                ProjectId = projectId,
                DocumentText = Encoding.UTF8.GetString(agreement.Canonical.Span),
            },
            Connections.Token(home, parties[0]));
        foreach (string party in parties)
        {
            AgreementSignature signature =
                AgreementSigning.Sign(agreement, party, keys[party], TimeProvider.System.GetUtcNow());
            await unit.SignAgreementAsync(
                new SignAgreementRequest
                {
                    ProjectId = projectId,
                    SignatureText = Encoding.UTF8.GetString(AgreementSigning.Format(signature)),
                },
                Connections.Token(home, party));
            keys[party].Dispose();
        }
    }

    private static AgreementDocument Document(Dictionary<string, ECDsa> keys)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new AgreementDocument
        {
            Format = AgreementDocument.FormatName,
            Id = "load",
            Version = 1,
            Replaces = null,
            Title = "Lookups under load",
            Parties =
            [
                .. keys.Select(key => new AgreementParty(key.Key, key.Key, SigningKey.PublicKeyOf(key.Value))),
            ],
            Default = "deny",
            Purposes =
            [
                new AgreementPurpose(
                    Purpose, "Care", new LegalBasis("State Code 1", "Agencies may share."), ["*"],
                    ["lookup", "ownLinkIds"]),
            ],
            LookupRules = [new LookupRule("2.1", ["*"], ["*"], [Purpose], "share", ["linkId", "probability"])],
            Exceptions = [],
            Retention = new AgreementRetention("P365D", "P90D"),
            ResponseDeadline = "P14D",
            ReleaseLifetime = "P30D",
            Effective = today.AddDays(-1),
            Expires = today.AddYears(1),
        };
    }
}

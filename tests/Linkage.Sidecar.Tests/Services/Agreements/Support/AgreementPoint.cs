using System.Text;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements.Support;

/// <summary>A point in the life of an agreement, and what the calls that it decides say then.</summary>
/// <param name="Name">As the pages call it.</param>
/// <param name="Answer">What health is told when it asks about schools.</param>
/// <param name="Output">What whoever wants results is told; null for what he is told without an agreement.</param>
internal sealed record AgreementPoint(string Name, string Answer, string? Output)
{
    public const string Ok = "OK";
    public const string NotInForce = "AGREEMENT_NOT_IN_FORCE";

    private const string NotInAgreement = "NOT_IN_AGREEMENT";
    private const string Excepted = "EXCEPTED_BY_AGREEMENT";

    /// <summary>No agreement at all.</summary>
    public static AgreementPoint None { get; } = new("none", NotInForce, null) { Documents = [] };

    /// <summary>All others.</summary>
    public static IReadOnlyList<AgreementPoint> Others { get; } =
    [
        new("draft", NotInForce, NotInForce) { Signers = 0 },
        new("partly signed", NotInForce, NotInForce) { Signers = 1 },
        new("signed", NotInForce, NotInForce) { Documents = [new(From: 5, To: 300)] },
        new("active", Ok, null),
        new("active, with an exception", Excepted, null) { Documents = [new(-5, 300, HasException: true)] },
        new("expired", NotInForce, NotInForce) { Documents = [new(-300, -5)] },
        new("replaced by one that is active", Ok, null)
        {
            Documents = [new(-5, 200, HasException: true), new(-5, 300)],
        },
        new("replaced by one that is expired", NotInForce, NotInForce) { Documents = [new(-5, 200), new(-300, -5)] },
        new("left by one", NotInForce, NotInAgreement) { Leavers = ["schools"] },
        new("withdrawn", NotInForce, NotInForce) { Leavers = ["schools", "benefits"] },
    ];

    /// <summary>The versions that were proposed, each signed by all but the last, which has its own signers.</summary>
    public IReadOnlyList<Version> Documents { get; init; } = [new(-5, 300)];

    /// <summary>How many parties have signed the last version.</summary>
    public int Signers { get; init; } = RunPeople.Parties.Count;

    /// <summary>Who has left it since.</summary>
    public IReadOnlyList<string> Leavers { get; init; } = [];

    /// <summary>Brings a project's agreement there.</summary>
    public async Task EnterAsync(Stored.UnitStore store, string projectId, AgreementSample sample)
    {
        string? replaced = null;
        foreach ((int place, Version version) in Documents.Index())
        {
            AgreementText text = AgreementText.Of(version.Document(sample) with
            {
                Version = place + 1,
                Replaces = replaced,
            });
            Stored.AgreementPlan plan = new(
                text.Digest,
                place + 1,
                replaced,
                Encoding.UTF8.GetString(AgreementText.Format(text.Document)),
                RunPeople.Parties);
            await store.Agreements.ProposeAsync(
                projectId, plan, StoreTest.Request(Stored.StoreIds.Create()), StoreTest.None);
            int signers = place < Documents.Count - 1 ? RunPeople.Parties.Count : Signers;
            foreach (string party in RunPeople.Parties.Take(signers))
            {
                await store.Agreements.SignAsync(
                    projectId, text.Digest, party, sample.SignatureText(text, party), StoreTest.None);
            }

            replaced = text.Digest;
        }

        foreach (string party in Leavers)
        {
            await store.Agreements.WithdrawAsync(projectId, party, StoreTest.None);
        }
    }

    /// <summary>A version of the agreement.</summary>
    /// <param name="From">In how many days it takes effect; negative for the past.</param>
    /// <param name="To">In how many days it ends.</param>
    /// <param name="HasException">Whether health may never be told of schools.</param>
    internal sealed record Version(int From, int To, bool HasException = false)
    {
        public AgreementDocument Document(AgreementSample sample)
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return sample.Document with
            {
                Purposes =
                [
                    AgreementSample.Purpose("care", "lookup", "ownLinkIds", "groups"),
                    AgreementSample.Purpose("inquiry", "lookup"),
                ],
                Exceptions = HasException
                    ? [new("3.1", ["health"], ["schools"], ["*"], AgreementSample.Law, "School records stay there.")]
                    : [],
                Effective = today.AddDays(From),
                Expires = today.AddDays(To),
            };
        }
    }
}

using Google.Protobuf.WellKnownTypes;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using Contract = Linkage.V1;
using ReleaseState = Linkage.Sidecar.Storage.ReleaseState;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Agreements and requests for release as messages.</summary>
internal static class AgreementViews
{
    /// <summary>A version as the members of the project see it.</summary>
    public static Agreement Of(AgreementBook book, AgreementEntry entry, DateTimeOffset now, bool withText)
    {
        AgreementDocument document = entry.Standing.Text.Document;
        Agreement view = new()
        {
            ProjectId = book.Facts.Project?.Id ?? string.Empty,
            Name = document.Id,
            Version = document.Version,
            Digest = entry.Standing.Text.Digest,
            State = Of(entry.Standing.PhaseAt(now)),
            DocumentText = withText ? entry.Stored.DocumentText : string.Empty,
            EffectiveTime = Timestamp.FromDateTimeOffset(document.Begin),
            ExpireTime = Timestamp.FromDateTimeOffset(document.End),
            ProposeTime = Timestamp.FromDateTimeOffset(entry.Stored.ProposedAt),
        };
        view.Signers.AddRange(document.Parties.Select(party => Of(book, entry, party.Name)));
        return view;
    }

    /// <summary>A request for release.</summary>
    public static ReleaseRequest Of(AgreementRelease release) => new()
    {
        Id = release.Id,
        ProjectId = release.ProjectId,
        AskingParty = release.AskingParty,
        AskedParty = release.AskedParty,
        Purpose = release.Purpose,
        CaseReference = release.CaseReference,
        State = release.State switch
        {
            ReleaseState.Waiting => Contract.ReleaseState.Waiting,
            ReleaseState.Released => Contract.ReleaseState.Released,
            _ => Contract.ReleaseState.Refused,
        },
        Citation = release.Citation,
        CreateTime = Timestamp.FromDateTimeOffset(release.CreatedAt),
        DueTime = Timestamp.FromDateTimeOffset(release.DueAt),
        AnswerTime = TimeOf(release.AnsweredAt),
        ExpireTime = TimeOf(release.ExpiresAt),
    };

    /// <summary>Something that waits.</summary>
    public static WaitingItem Of(WaitingThing thing, DateTimeOffset now) => new()
    {
        Party = thing.Party,
        Kind = thing.Kind,
        SinceTime = Timestamp.FromDateTimeOffset(thing.Since),
        DueTime = TimeOf(thing.Due),
        Overdue = thing.IsOverdueAt(now),
        Request = thing.Release is { } release ? Of(release) : null,
    };

    /// <summary>How far a version is, as the contract has it.</summary>
    public static AgreementState Of(AgreementPhase phase) => phase switch
    {
        AgreementPhase.Draft => AgreementState.Draft,
        AgreementPhase.PartlySigned => AgreementState.PartlySigned,
        AgreementPhase.Signed => AgreementState.Signed,
        AgreementPhase.Active => AgreementState.Active,
        AgreementPhase.Expired => AgreementState.Expired,
        AgreementPhase.Withdrawn => AgreementState.Withdrawn,
        _ => AgreementState.Replaced,
    };

    private static AgreementSigner Of(AgreementBook book, AgreementEntry entry, string party) => new()
    {
        Party = party,
        SignTime = entry.Standing.Signed.Contains(party)
            ? TimeOf(entry.Stored.Signatures.First(signature => signature.Party == party).ArrivedAt)
            : null,
        WithdrawTime = book.Facts.Withdrawals.TryGetValue(party, out DateTimeOffset left) ? TimeOf(left) : null,
    };

    private static Timestamp? TimeOf(DateTimeOffset? time) =>
        time is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}

using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using ReleaseState = Linkage.Sidecar.Storage.ReleaseState;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Takes requests for release and their answers. Thread-safe.</summary>
internal sealed class ReleaseDesk
{
    private const int LongestReference = 64;
    private const int ShortestCitation = 3;
    private const int LongestCitation = 500;

    private readonly AgreementStore _store;
    private readonly AgreementBooks _books;
    private readonly IDisclosurePolicy _policy;
    private readonly TimeProvider _time;

    /// <summary>Works over a store.</summary>
    public ReleaseDesk(UnitStore store, AgreementBooks books, IDisclosurePolicy policy, TimeProvider time)
    {
        _store = store.Agreements;
        _books = books;
        _policy = policy;
        _time = time;
    }

    /// <summary>Whether a text can be an agency's own reference of a case.</summary>
    public static bool IsCaseReference(string text) =>
        text.Length is >= 1 and <= LongestReference
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Asks for a release; while one waits for the same, gives that.</summary>
    /// <exception cref="RpcException">Fields are wrong, no release is needed, or none would help.</exception>
    public Task<AgreementRelease> RequestAsync(
        RequestReleaseRequest request,
        string asking,
        bool isRepeated,
        IdempotentRequest repeatable,
        CancellationToken cancellation)
    {
        new FieldChecks()
            .That(
                IsCaseReference(request.CaseReference),
                "case_reference",
                "1 to 64 letters, digits, '.', '-' or '_'.")
            .Require();
        DisclosureRuling ruling = _policy.Decide(new DisclosureQuestion(
            request.ProjectId, asking, request.Party, request.Purpose, request.CaseReference));
        if (!isRepeated)
        {
            RequireUse(ruling);
        }

        DateTimeOffset now = Now();
        AgreementDocument? document = _books.Of(request.ProjectId).InForceAt(now)?.Standing.Text.Document;
        return _store.RequestAsync(
            new AgreementRelease
            {
                Id = StoreIds.Create(),
                ProjectId = request.ProjectId,
                AgreementDigest = ruling.AgreementDigest,
                AskingParty = asking,
                AskedParty = request.Party,
                Purpose = request.Purpose,
                CaseReference = request.CaseReference,
                CreatedAt = now,
                DueAt = document is null ? now : now + IsoDays.Parse(document.ResponseDeadline),
            },
            repeatable,
            cancellation);
    }

    /// <summary>Answers a request in the name of the party that was asked.</summary>
    /// <exception cref="RpcException">Fields are wrong, or the request is none to the party.</exception>
    /// <exception cref="StoreRefusedException">It was refused before.</exception>
    public Task<AgreementRelease> AnswerAsync(
        AnswerReleaseRequest request, string party, CancellationToken cancellation)
    {
        AgreementRelease? known = _store.FindRelease(request.ProjectId, request.RequestId);
        if (known is null || known.AskedParty != party)
        {
            throw Refusals.Unknown("request");
        }

        new FieldChecks()
            .That(
                request.Released
                    ? request.Citation.Length == 0
                    : request.Citation.Trim().Length is >= ShortestCitation and <= LongestCitation
                        && AgreementRules.IsPlain(request.Citation),
                "citation",
                "3 to 500 characters of one line for a refusal, empty for a release.")
            .Require();
        DateTimeOffset now = Now();
        return _store.AnswerAsync(
            known with
            {
                State = request.Released ? ReleaseState.Released : ReleaseState.Refused,
                Citation = request.Released ? string.Empty : request.Citation.Trim(),
                AnsweredAt = now,
                ExpiresAt = request.Released ? EndOfRelease(known, now) : null,
            },
            cancellation);
    }

    private static void RequireUse(DisclosureRuling ruling)
    {
        if (ruling.IsAllowed)
        {
            throw Refusals.Unmet(ErrorReason.WrongState, "agreement", "The agreement wants no release for this.");
        }

        if (ruling.Refusal is not (ErrorReason.ReleaseNeeded or ErrorReason.ReleaseRefused))
        {
            throw DisclosureRefusals.ToRpc(ruling);
        }
    }

    // As precise as it is stored, so that an answer that is repeated says the same.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.Now());

    private DateTimeOffset EndOfRelease(AgreementRelease release, DateTimeOffset now)
    {
        AgreementDocument document = _books.Of(release.ProjectId).Entries
            .First(entry => entry.Stored.Digest == release.AgreementDigest).Standing.Text.Document;
        DateTimeOffset end = now + IsoDays.Parse(document.ReleaseLifetime);
        return end < document.End ? end : document.End;
    }
}

using System.Text;
using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Agreements of the unit's projects. The gate has checked who calls, on what, and when.</summary>
internal sealed class AgreementService : V1.AgreementService.AgreementServiceBase
{
    private readonly AgreementStore _store;
    private readonly AgreementBooks _books;
    private readonly ReleaseDesk _releases;
    private readonly WaitingList _waiting;
    private readonly TimeProvider _time;

    /// <summary>Serves over a store; safe to use from several threads.</summary>
    public AgreementService(
        UnitStore store, AgreementBooks books, ReleaseDesk releases, WaitingList waiting, TimeProvider time)
    {
        _store = store.Agreements;
        _books = books;
        _releases = releases;
        _waiting = waiting;
        _time = time;
    }

    /// <inheritdoc/>
    public override async Task<ProposeAgreementResponse> ProposeAgreement(
        ProposeAgreementRequest request, ServerCallContext context)
    {
        CallTarget target = CallFacts.TargetOf(context);
        IdempotentRequest repeatable = Idempotency.Of(
            CallFacts.CallerOf(context), context.Method, request.IdempotencyKey, request);
        AgreementText text = Usable(() => AgreementText.Read(Encoding.UTF8.GetBytes(request.DocumentText)));
        if (!target.IsRepeated)
        {
            RequireNext(_books.Of(request.ProjectId), text);
        }

        await _store.ProposeAsync(
            request.ProjectId,
            new AgreementPlan(
                text.Digest,
                text.Document.Version,
                text.Document.Replaces,
                request.DocumentText,
                [.. text.Document.Parties.Select(party => party.Name)]),
            repeatable,
            context.CancellationToken);
        return new ProposeAgreementResponse { Agreement = ViewOf(request.ProjectId, text.Digest) };
    }

    /// <inheritdoc/>
    public override async Task<SignAgreementResponse> SignAgreement(
        SignAgreementRequest request, ServerCallContext context)
    {
        string party = CallFacts.CallerOf(context).Party!;
        AgreementSignature signature = Usable(
            () => AgreementSigning.Read(Encoding.UTF8.GetBytes(request.SignatureText)));
        AgreementEntry entry = _books.Of(request.ProjectId).Entries
            .FirstOrDefault(one => one.Stored.Digest == signature.Digest)
            ?? throw Unusable("signature: names no version of the project's agreement");
        if (signature.Party != party)
        {
            throw Unusable("signature: is not the caller's");
        }

        if (!AgreementSigning.IsValid(entry.Standing.Text, signature))
        {
            throw Unusable("signature: does not verify with the key that the agreement names");
        }

        await _store.SignAsync(
            request.ProjectId, signature.Digest, party, request.SignatureText, context.CancellationToken);
        return new SignAgreementResponse { Agreement = ViewOf(request.ProjectId, signature.Digest) };
    }

    /// <inheritdoc/>
    public override Task<GetAgreementResponse> GetAgreement(GetAgreementRequest request, ServerCallContext context)
    {
        DateTimeOffset now = _time.GetUtcNow();
        AgreementBook book = _books.Of(request.ProjectId);
        AgreementEntry entry = (request.Version == 0
            ? book.InForceAt(now) ?? book.Newest
            : book.Entries.LastOrDefault(one => one.Stored.Version == request.Version))
            ?? throw Refusals.Unknown("agreement");
        GetAgreementResponse response = new() { Agreement = AgreementViews.Of(book, entry, now, withText: true) };
        response.SignatureTexts.AddRange(entry.Stored.Signatures.Select(signature => signature.Text));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<ListAgreementsResponse> ListAgreements(
        ListAgreementsRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListAgreementsRequest question = new() { ProjectId = request.ProjectId };
        int size = Paging.SizeOf(request.PageSize);
        long after = Paging.Read(request.PageToken, caller, question).CreatedAt;
        DateTimeOffset now = _time.GetUtcNow();
        AgreementBook book = _books.Of(request.ProjectId);
        AgreementEntry[] found = [.. book.Entries.Where(entry => entry.Stored.Number > after).Take(size + 1)];
        ListAgreementsResponse page = new();
        page.Agreements.AddRange(
            found.Take(size).Select(entry => AgreementViews.Of(book, entry, now, withText: false)));
        if (found.Length > size)
        {
            AgreementVersion last = found[size - 1].Stored;
            page.NextPageToken = Paging.Write(new ListCursor(last.Number, last.Digest), caller, question);
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override async Task<WithdrawFromAgreementResponse> WithdrawFromAgreement(
        WithdrawFromAgreementRequest request, ServerCallContext context)
    {
        string party = CallFacts.CallerOf(context).Party!;
        AgreementBook book = _books.Of(request.ProjectId);
        if (book.Entries.All(entry => entry.Standing.Text.Document.PartyOf(party) is null))
        {
            throw Refusals.Unknown("agreement");
        }

        await _store.WithdrawAsync(request.ProjectId, party, context.CancellationToken);
        DateTimeOffset now = _time.GetUtcNow();
        book = _books.Of(request.ProjectId);
        return new WithdrawFromAgreementResponse
        {
            Agreement = AgreementViews.Of(book, book.DecidingAt(now)!, now, withText: true),
        };
    }

    /// <inheritdoc/>
    public override async Task<RequestReleaseResponse> RequestRelease(
        RequestReleaseRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        AgreementRelease release = await _releases.RequestAsync(
            request,
            caller.Party!,
            CallFacts.TargetOf(context).IsRepeated,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new RequestReleaseResponse { Request = AgreementViews.Of(release) };
    }

    /// <inheritdoc/>
    public override async Task<AnswerReleaseResponse> AnswerRelease(
        AnswerReleaseRequest request, ServerCallContext context)
    {
        AgreementRelease release = await _releases.AnswerAsync(
            request, CallFacts.CallerOf(context).Party!, context.CancellationToken);
        return new AnswerReleaseResponse { Request = AgreementViews.Of(release) };
    }

    /// <inheritdoc/>
    public override Task<ListWaitingResponse> ListWaiting(ListWaitingRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListWaitingRequest question = new() { ProjectId = request.ProjectId, OverdueOnly = request.OverdueOnly };
        int size = Paging.SizeOf(request.PageSize);
        ListCursor after = Paging.Read(request.PageToken, caller, question);
        DateTimeOffset now = _time.GetUtcNow();
        WaitingThing[] found =
        [
            .. _waiting.Of(request.ProjectId)
                .Where(thing => caller.Party is not { } party || thing.Party == party
                    || thing.Release?.AskingParty == party)
                .Where(thing => !request.OverdueOnly || thing.IsOverdueAt(now))
                .Where(thing => IsAfter(thing.Place, after))
                .Take(size + 1),
        ];
        ListWaitingResponse page = new();
        page.Items.AddRange(found.Take(size).Select(thing => AgreementViews.Of(thing, now)));
        if (found.Length > size)
        {
            page.NextPageToken = Paging.Write(found[size - 1].Place, caller, question);
        }

        return Task.FromResult(page);
    }

    private static bool IsAfter(ListCursor place, ListCursor after) =>
        place.CreatedAt > after.CreatedAt
        || (place.CreatedAt == after.CreatedAt && string.CompareOrdinal(place.Id, after.Id) > 0);

    private static void RequireNext(AgreementBook book, AgreementText text)
    {
        AgreementDocument document = text.Document;
        AgreementEntry? last = book.Entries.LastOrDefault(entry => entry.Stored.IsSignedByAll);
        if (last is not null && last.Standing.Text.Document.Id != document.Id)
        {
            throw Unusable("id: is not that of the versions before");
        }

        if (document.Version != (last?.Stored.Version ?? 0) + 1)
        {
            throw Unusable("version: must be one above the last one that every party has signed");
        }

        if (document.Replaces != last?.Stored.Digest)
        {
            throw Unusable("replaces: must be the digest of the last version that every party has signed");
        }

        // Who has not signed the new version is still bound by the old one, and so is whatever governs its records.
        if (last is not null && last.Standing.Text.Document.Parties.Any(
            party => last.Standing.Includes(party.Name) && document.PartyOf(party.Name) is null))
        {
            throw Unusable("parties: one of the version before is missing; a party leaves by withdrawing itself");
        }

        foreach (AgreementParty party in document.Parties)
        {
            bool isThere = book.Facts.Project!.Parties.Any(
                known => known.Name == party.Name && known.State != Storage.PartyState.Withdrawn);
            if (!isThere || book.Facts.Withdrawals.ContainsKey(party.Name))
            {
                throw Unusable("parties: one is none of the project's, or has withdrawn");
            }
        }
    }

    private static T Usable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AgreementFormatException wrong)
        {
            throw Unusable(wrong.Message);
        }
    }

    private static RpcException Unusable(string message) => Refusals.Of(ErrorReason.AgreementUnusable, message);

    private Agreement ViewOf(string projectId, string digest)
    {
        AgreementBook book = _books.Of(projectId);
        return AgreementViews.Of(
            book,
            book.Entries.First(entry => entry.Stored.Digest == digest),
            _time.GetUtcNow(),
            withText: true);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.V1;
using ReleaseState = Linkage.Sidecar.Storage.ReleaseState;

namespace Linkage.Sidecar.Tests.Agreements;

public sealed class DisclosureEngineTests : IDisposable
{
    private const int Drawn = 100;
    private const string Id = "p1";

    private static readonly string[] Parties = ["health", "benefits", "schools"];
    private static readonly string[] Purposes = ["care", "inquiry", "study"];

    private readonly AgreementSample _sample = new(Parties);

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Decide_AddedException_NeverAllowsMore() => CheckAll((document, seed) =>
    {
        LookupException added = new(
            "9.9", Scope(seed, Parties, 1), Scope(seed, Parties, 2), ["*"], "An act", "A reason.");
        AgreementStanding loose = _sample.Standing(document: document);
        AgreementStanding strict = _sample.Standing(
            document: document with { Exceptions = [.. document.Exceptions, added] });
        foreach (DisclosureQuestion question in Questions())
        {
            DisclosureRuling before = Decide(loose, question, seed);
            DisclosureRuling after = Decide(strict, question, seed);
            Assert.True(before.IsAllowed || !after.IsAllowed);
            Assert.True(!after.IsAllowed || after.Shown == before.Shown);
        }
    });

    [Fact]
    public void Decide_WithdrawnParty_GetsNothingAndGivesNothing() => CheckAll((document, seed) =>
    {
        string left = Parties[seed % Parties.Length];
        AgreementStanding standing = _sample.Standing(withdrawn: [left], document: document);
        foreach (DisclosureQuestion question in Questions().Where(
            question => question.AskingParty == left || question.AskedParty == left))
        {
            Assert.False(DisclosureEngine.Decide(standing, Releases(seed), AgreementSample.Within, question).IsAllowed);
        }
    });

    [Fact]
    public void Decide_UnsignedOrNotInItsTime_RefusesEverything() => CheckAll((document, seed) =>
    {
        string missing = Parties[seed % Parties.Length];
        AgreementStanding signed = _sample.Standing(document: document);
        (AgreementStanding Standing, DateTimeOffset At)[] places =
        [
            (_sample.Standing(signed: [], document: document), AgreementSample.Within),
            (_sample.Standing(signed: Parties.Except([missing]), document: document), AgreementSample.Within),
            (signed, document.Begin.AddTicks(-1)),
            (signed, document.End),
            (signed with { ReplacedFrom = AgreementSample.Within }, AgreementSample.Within),
            (_sample.Standing(withdrawn: Parties[1..], document: document), AgreementSample.Within),
        ];
        foreach ((AgreementStanding standing, DateTimeOffset at) in places)
        {
            Assert.All(Questions(), question => Assert.Equal(
                ErrorReason.AgreementNotInForce,
                DisclosureEngine.Decide(standing, Releases(seed), at, question).Refusal));
        }
    });

    [Fact]
    public void Decide_AnyAgreement_NamesAClauseForWhatItAllowsAndALawForWhatItExcepts() => CheckAll((document, seed) =>
    {
        AgreementStanding standing = _sample.Standing(document: document);
        foreach (DisclosureQuestion question in Questions())
        {
            DisclosureRuling ruling = Decide(standing, question, seed);
            Assert.Equal(standing.Text.Digest, ruling.AgreementDigest);
            Assert.Equal(ruling.IsAllowed, ruling.Message.Length == 0);
            Assert.True(!ruling.IsAllowed || ruling.Clause.Length > 0);
            Assert.True(ruling.IsAllowed || ruling.Shown == ShownParts.None);
            if (ruling.Refusal is ErrorReason.ExceptedByAgreement or ErrorReason.ReleaseRefused)
            {
                Assert.NotEmpty(ruling.Citation);
                Assert.NotEmpty(ruling.Clause);
            }
        }
    });

    [Fact]
    public void Decide_FirstAndLastMoment_IsAllowedBetweenThemOnly()
    {
        DisclosureQuestion question = new(Id, "health", "schools", "care", "c-1");
        AgreementStanding standing = _sample.Standing();
        AgreementDocument document = _sample.Document;
        bool IsAllowedAt(DateTimeOffset at) => DisclosureEngine.Decide(standing, [], at, question).IsAllowed;

        Assert.False(IsAllowedAt(document.Begin.AddTicks(-1)));
        Assert.True(IsAllowedAt(document.Begin));
        Assert.True(IsAllowedAt(document.End.AddTicks(-1)));
        Assert.False(IsAllowedAt(document.End));
        Assert.Equal(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), document.End);
    }

    [Fact]
    public void Decide_FieldThatThePurposeMayNotUse_IsRefused()
    {
        AgreementPurpose narrow = _sample.Document.Purposes[0] with { Fields = ["last_name"] };
        AgreementDocument document = _sample.Document with
        {
            Purposes = [narrow, .. _sample.Document.Purposes.Skip(1)],
        };
        DisclosureQuestion question = new(Id, "health", "schools", "care", "c-1");
        AgreementStanding standing = _sample.Standing(document: document);

        Assert.True(DisclosureEngine.Decide(
            standing with { UsedFields = ["last_name"] }, [], AgreementSample.Within, question).IsAllowed);
        Assert.Equal(ErrorReason.NotInAgreement, DisclosureEngine.Decide(
            standing with { UsedFields = ["last_name", "phone"] }, [], AgreementSample.Within, question).Refusal);
    }

    [Fact]
    public void Decide_NoAgreement_RefusesEverything() => Assert.All(Questions(), question => Assert.Equal(
        ErrorReason.AgreementNotInForce,
        DisclosureEngine.Decide(null, [], AgreementSample.Within, question).Refusal));

    [Fact]
    public void Decide_SeveralRules_TheStrictestHoldsAndShowsWhatAllOfThemShow()
    {
        DisclosureQuestion question = new(Id, "health", "schools", "care", "c-1");
        LookupRule all = _sample.Document.LookupRules[0];
        AgreementDocument shared = _sample.Document with
        {
            LookupRules = [all, all with { Clause = "2.8", Show = ["probability", "levels"] }],
        };
        AgreementDocument asked = shared with
        {
            LookupRules = [.. shared.LookupRules, all with { Clause = "2.9", Answer = "ask" }],
        };

        DisclosureRuling open = Decide(_sample.Standing(document: shared), question, 0);
        DisclosureRuling closed = DisclosureEngine.Decide(
            _sample.Standing(document: asked), [], AgreementSample.Within, question);

        Assert.Equal((ShownParts.Probability, "2.1"), (open.Shown, open.Clause));
        Assert.Equal((ErrorReason.ReleaseNeeded, "2.9"), (closed.Refusal, closed.Clause));
    }

    private static IEnumerable<DisclosureQuestion> Questions() =>
        from asking in Parties.Append("stranger")
        from asked in Parties.Append("stranger")
        from purpose in Purposes.Append("sport")
        select new DisclosureQuestion(Id, asking, asked, purpose, "c-1");

    private static IReadOnlyList<string> Scope(int seed, string[] names, int salt) => ((seed / salt) % 5) switch
    {
        0 => ["*"],
        1 => [names[0]],
        2 => [names[1]],
        3 => [names[0], names[2]],
        _ => [names[2]],
    };

    private static DisclosureRuling Decide(AgreementStanding standing, DisclosureQuestion question, int seed) =>
        DisclosureEngine.Decide(
            standing,
            [.. Releases(seed).Select(release => release with { AgreementDigest = standing.Text.Digest })],
            AgreementSample.Within,
            question);

    // Each question has a request in a state that the seed chooses.
    private static IReadOnlyList<AgreementRelease> Releases(int seed) =>
    [
        .. Questions().Select((question, i) => new AgreementRelease
        {
            Id = $"r{i}",
            ProjectId = Id,
            AgreementDigest = string.Empty,
            AskingParty = question.AskingParty,
            AskedParty = question.AskedParty,
            Purpose = question.Purpose,
            CaseReference = question.CaseReference,
            State = (ReleaseState)((seed + i) % 3),
            Citation = (seed + i) % 3 == 2 ? "An act" : string.Empty,
            CreatedAt = AgreementSample.Within.AddDays(-3),
            DueAt = AgreementSample.Within.AddDays(seed % 2 == 0 ? 1 : -1),
            ExpiresAt = AgreementSample.Within.AddDays(seed % 5 == 0 ? -1 : 1),
        }),
    ];

    private void CheckAll(Action<AgreementDocument, int> law)
    {
        Gen<AgreementDocument> documents =
            from rules in Gen.Choose(0, 3).SelectMany(count => RuleGen().ListOf(count))
            from exceptions in Gen.Choose(0, 2).SelectMany(count => ExceptionGen().ListOf(count))
            from word in Gen.Elements("share", "deny")
            select _sample.Document with { LookupRules = [.. rules], Exceptions = [.. exceptions], Default = word };
        Prop.ForAll(
            documents.Zip(Gen.Choose(0, 1000)).ToArbitrary(),
            drawn => law(drawn.Item1, drawn.Item2)).Check(Config.QuickThrowOnFailure.WithMaxTest(Drawn));
    }

    private static Gen<IReadOnlyList<string>> ScopeGen(string[] names) =>
        Gen.Choose(0, 4).Select(seed => Scope(seed, names, 1));

    private static Gen<IReadOnlyList<string>> PurposeGen() => Gen.Elements<IReadOnlyList<string>>(
        ["*"], ["care"], ["inquiry"], ["care", "inquiry"]);

    private static Gen<LookupRule> RuleGen() =>
        from asking in ScopeGen(Parties)
        from about in ScopeGen(Parties)
        from purposes in PurposeGen()
        from answer in Gen.Elements("share", "ask")
        from show in Gen.Elements<IReadOnlyList<string>>([], ["linkId"], ["linkId", "levels"])
        select new LookupRule("2.x", asking, about, purposes, answer, show);

    private static Gen<LookupException> ExceptionGen() =>
        from asking in ScopeGen(Parties)
        from about in ScopeGen(Parties)
        from purposes in PurposeGen()
        select new LookupException("3.x", asking, about, purposes, "An act", "A reason.");
}

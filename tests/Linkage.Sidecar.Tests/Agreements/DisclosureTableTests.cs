using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services;
using ReleaseState = Linkage.Sidecar.Storage.ReleaseState;

namespace Linkage.Sidecar.Tests.Agreements;

/// <summary>Walks every combination of the cells of the table of <c>docs/access.md</c>.</summary>
public sealed class DisclosureTableTests : IDisposable
{
    private const string Asking = "health";
    private const string Asked = "schools";

    private static readonly string[] States =
        ["none", "draft", "partly signed", "signed", "active", "expired", "withdrawn", "replaced"];

    private static readonly string[] Circles = ["both take part", "one is not named", "one has withdrawn"];

    private static readonly string[] Purposes =
        ["for lookups", "unknown", "without lookups", "narrower than the schema"];

    private static readonly string[] Clauses =
    [
        "own records", "an exception", "no rule, default deny", "no rule, default share", "every rule shares",
        "a rule asks",
    ];

    private static readonly string[] Releases = ["none", "waiting", "released", "over", "refused"];

    private readonly AgreementSample _sample = new(Asking, "benefits", Asked, "police");

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Decide_EveryCombination_IsAsThePageSays()
    {
        IReadOnlyList<string[]> rows = AccessPage.Disclosures();
        HashSet<string[]> met = [];
        List<string> wrong = [];
        foreach (string clauses in Clauses)
        {
            AgreementText text = AgreementText.Of(DocumentFor(clauses));
            foreach (string[] cells in Combinations(clauses))
            {
                string[] row = rows.First(row => Fits(row, cells));
                met.Add(row);
                DisclosureRuling ruling = Decide(text, cells);
                string answer = ruling.IsAllowed ? "yes" : "no";
                if (answer != row[5] || WordFor(ruling, row[6]) != row[6])
                {
                    wrong.Add($"{string.Join(" | ", cells)}: {answer} {Refusals.NameOf(ruling.Refusal)}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(rows.Count, met.Count);
    }

    private static IEnumerable<string[]> Combinations(string clauses) =>
        from state in States
        from circle in Circles
        from purpose in Purposes
        from release in Releases
        select new[] { state, circle, purpose, clauses, release };

    // A cell is a list of words; one of the words itself has a comma in it.
    private static bool Fits(string[] row, string[] cells) =>
        cells.Index().All(cell => row[cell.Index] == "any" || row[cell.Index] == cell.Item
            || row[cell.Index].Split(", ").Contains(cell.Item));

    private static string WordFor(DisclosureRuling ruling, string expected) => ruling switch
    {
        { IsAllowed: false } => Refusals.NameOf(ruling.Refusal),
        { Clause: "2.1" } when expected == "the first rule's" => expected,
        { Clause: "2.2" } when expected == "the asking rule's" => expected,
        _ => $"`{ruling.Clause}`",
    };

    private static DisclosureRuling Decide(AgreementText text, string[] cells)
    {
        (string state, string circle, string purpose, string clauses, string release) =
            (cells[0], cells[1], cells[2], cells[3], cells[4]);
        DateTimeOffset now = state switch
        {
            "signed" => text.Document.Begin.AddSeconds(-1),
            "expired" => text.Document.End,
            _ => AgreementSample.Within,
        };
        string asked = circle switch
        {
            "one is not named" => "stranger",
            _ => clauses == "own records" ? Asking : Asked,
        };
        DisclosureQuestion question = new("p1", Asking, asked, PurposeFor(purpose), "c-1");
        AgreementStanding? standing = state == "none" ? null : StandingFor(text, state, circle, asked) with
        {
            UsedFields = ["last_name", "phone"],
        };
        return DisclosureEngine.Decide(standing, [.. ReleasesFor(release, text, question, now)], now, question);
    }

    private static string PurposeFor(string word) => word switch
    {
        "for lookups" => "care",
        "without lookups" => "study",
        "narrower than the schema" => "narrow",
        _ => "sport",
    };

    private static AgreementStanding StandingFor(AgreementText text, string state, string circle, string asked)
    {
        string[] names = [.. text.Document.Parties.Select(party => party.Name)];
        HashSet<string> withdrawn = new(
            state == "withdrawn" ? names[1..] : circle == "one has withdrawn" ? [asked] : Array.Empty<string>());
        return new AgreementStanding
        {
            Text = text,
            Signed = new HashSet<string>(state switch
            {
                "draft" => [],
                "partly signed" => names[1..],
                _ => names,
            }),
            Withdrawn = withdrawn,
            ReplacedFrom = state == "replaced" ? AgreementSample.Within : null,
        };
    }

    private static IEnumerable<AgreementRelease> ReleasesFor(
        string word, AgreementText text, DisclosureQuestion question, DateTimeOffset now) => word == "none" ? [] :
    [
        new AgreementRelease
        {
            Id = "r1",
            ProjectId = question.ProjectId,
            AgreementDigest = text.Digest,
            AskingParty = question.AskingParty,
            AskedParty = question.AskedParty,
            Purpose = question.Purpose,
            CaseReference = question.CaseReference,
            State = word switch
            {
                "waiting" => ReleaseState.Waiting,
                "refused" => ReleaseState.Refused,
                _ => ReleaseState.Released,
            },
            Citation = word == "refused" ? "An act" : string.Empty,
            CreatedAt = now.AddDays(-2),
            DueAt = now.AddDays(-1),
            ExpiresAt = word switch
            {
                "over" => now,
                "released" => now.AddTicks(1),
                _ => null,
            },
        },
    ];

    private AgreementDocument DocumentFor(string clauses)
    {
        LookupRule share = new("2.1", ["*"], ["*"], ["*"], "share", ["linkId"]);
        LookupRule ask = share with { Clause = "2.2", Answer = "ask" };
        AgreementPurpose narrow = AgreementSample.Purpose("narrow", "lookup") with { Fields = ["last_name"] };
        return _sample.Document with
        {
            Purposes = [.. _sample.Document.Purposes, narrow],
            Default = clauses == "no rule, default share" ? "share" : "deny",
            LookupRules = clauses switch
            {
                "every rule shares" or "an exception" => [share],
                "a rule asks" => [share, ask],
                _ => [],
            },
            Exceptions = clauses == "an exception"
                ? [new LookupException("3.1", ["*"], [Asked], ["*"], AgreementSample.Law, "A reason.")]
                : [],
        };
    }
}

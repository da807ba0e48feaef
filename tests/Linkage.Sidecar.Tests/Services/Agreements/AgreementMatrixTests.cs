using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements;

/// <summary>
/// Every call that an agreement decides, by every role, for every purpose, in every state of the agreement.
/// </summary>
public sealed class AgreementMatrixTests(RunPeople people) : IClassFixture<RunPeople>
{
    private const string Ok = "OK";
    private const string NotInForce = "AGREEMENT_NOT_IN_FORCE";

    // The case of benefits about health is the exception.
    private static readonly (string Asking, string Asked, string Purpose, string Lookup, string Release)[] InForce =
    [
        ("health", "schools", "care", Ok, "WRONG_STATE"),
        ("health", "schools", "inquiry", "RELEASE_NEEDED", Ok),
        ("health", "schools", "study", "NOT_IN_AGREEMENT", "NOT_IN_AGREEMENT"),
        ("health", "schools", "sport", "NOT_IN_AGREEMENT", "NOT_IN_AGREEMENT"),
        ("benefits", "health", "care", "EXCEPTED_BY_AGREEMENT", "EXCEPTED_BY_AGREEMENT"),
        ("benefits", "health", "inquiry", "EXCEPTED_BY_AGREEMENT", "EXCEPTED_BY_AGREEMENT"),
        ("health", "health", "care", Ok, "WRONG_STATE"),
        ("health", "health", "study", "NOT_IN_AGREEMENT", "NOT_IN_AGREEMENT"),
    ];

    private readonly ManualTime _time = new();
    private readonly List<string> _wrong = [];

    [Fact]
    public async Task Call_EveryRolePurposeAndState_IsDecidedAsThePageSays()
    {
        (RunBench bench, string run) = await RunBench.LinkAsync(people, Stored.OutputType.LinkIds);
        await using RunBench owned = bench;
        await using AgreementServer server = await AgreementServer.StartAsync(bench, _time);
        using AgreementSample sample = new([.. RunPeople.Parties]);
        World world = new(server, bench, run);
        AgreementText first = AgreementText.Of(
            sample.Document with { Effective = new DateOnly(2030, 1, 20), Expires = new DateOnly(2030, 2, 28) });

        await CheckAsync(world, "none", isInForce: false, Ok);
        await world.ProposeAsync(first);
        await CheckAsync(world, "draft", isInForce: false, NotInForce);
        await world.SignAsync(sample, first, RunPeople.Parties.Take(1));
        await CheckAsync(world, "partly signed", isInForce: false, NotInForce);
        await world.SignAsync(sample, first, RunPeople.Parties.Skip(1));
        await CheckAsync(world, "signed", isInForce: false, NotInForce);
        _time.Advance(TimeSpan.FromDays(7));
        await CheckAsync(world, "active", isInForce: true, Ok);
        _time.Advance(TimeSpan.FromDays(60));
        await CheckAsync(world, "expired", isInForce: false, NotInForce);
        AgreementText next = AgreementText.Of(sample.Document with { Version = 2, Replaces = first.Digest });
        await world.ProposeAsync(next);
        await CheckAsync(world, "expired, another one proposed", isInForce: false, NotInForce);
        await world.SignAsync(sample, next, RunPeople.Parties);
        await CheckAsync(world, "replaced by an active one", isInForce: true, Ok);
        await world.WithdrawAsync("schools");
        await CheckAsync(world, "left by one", isInForce: true, "NOT_IN_AGREEMENT", "schools");
        await world.WithdrawAsync("benefits");
        await CheckAsync(world, "withdrawn", isInForce: false, NotInForce);

        Assert.Empty(_wrong);
    }

    private async Task CheckAsync(World world, string state, bool isInForce, string links, string? left = null)
    {
        foreach ((string asking, string asked, string purpose, string lookup, string release) in InForce)
        {
            bool isOpen = isInForce && asking != left && asked != left;
            foreach (AccessRole role in Enum.GetValues<AccessRole>())
            {
                CallOptions caller = AgreementServer.As(role, asking);
                byte[] record = people.Encode(asking, people.PeopleOf(asking)[0]).Content;
                string place = $"{state}: {role} {asking} {asked} {purpose}";
                string expected = OutcomeFor(role, isOpen ? lookup : NotInForce);
                Note($"{place} Lookup", expected, await world.LookupAsync(caller, record, asked, purpose));
                Note($"{place} LookupBatch", expected, await world.BatchAsync(caller, record, asked, purpose));
                Note($"{place} LookupStream", expected, await world.StreamAsync(caller, record, asked, purpose));
                Note(
                    $"{place} RequestRelease",
                    OutcomeFor(role, isOpen ? release : NotInForce),
                    await world.RequestAsync(caller, asked, purpose));
                Note($"{place} StreamOwnLinks", OutcomeFor(role, links), await world.LinksAsync(caller));
            }
        }
    }

    private static string OutcomeFor(AccessRole role, string ofAParty) => role switch
    {
        AccessRole.Party => ofAParty,
        AccessRole.Anonymous => "NOT_IDENTIFIED",
        _ => "ROLE_NOT_ALLOWED",
    };

    private void Note(string place, string expected, string actual)
    {
        if (expected != actual)
        {
            _wrong.Add($"{place}: {actual} instead of {expected}");
        }
    }

    private sealed record World(AgreementServer Server, RunBench Bench, string Run)
    {
        private string Project => Bench.Project.Id;

        public async Task ProposeAsync(AgreementText text) => await Server.Agreements.ProposeAgreementAsync(
            new ProposeAgreementRequest
            {
                IdempotencyKey = UnitHost.NewKey,
                ProjectId = Project,
                DocumentText = Encoding.UTF8.GetString(AgreementText.Format(text.Document)),
            },
            AgreementServer.As(AccessRole.Party, "health"));

        public async Task SignAsync(AgreementSample sample, AgreementText text, IEnumerable<string> parties)
        {
            foreach (string party in parties)
            {
                await Server.Agreements.SignAgreementAsync(
                    new SignAgreementRequest
                    {
                        ProjectId = Project,
                        SignatureText = sample.SignatureText(text, party),
                    },
                    AgreementServer.As(AccessRole.Party, party));
            }
        }

        public async Task WithdrawAsync(string party) => await Server.Agreements.WithdrawFromAgreementAsync(
            new WithdrawFromAgreementRequest { ProjectId = Project }, AgreementServer.As(AccessRole.Party, party));

        public Task<string> LookupAsync(CallOptions caller, byte[] record, string asked, string purpose) =>
            OutcomeAsync(async () =>
            {
                LookupResponse answer = await Server.Lookups.LookupAsync(Request(record, asked, purpose), caller);
                return OutcomeOf(Assert.Single(answer.Answers));
            });

        public Task<string> BatchAsync(CallOptions caller, byte[] record, string asked, string purpose) =>
            OutcomeAsync(async () =>
            {
                LookupBatchRequest request = new()
                {
                    ProjectId = Project,
                    Purpose = purpose,
                    CaseReference = "c-2",
                    EncodedRecords = ByteString.CopyFrom(record),
                    Parties = { asked },
                };
                LookupBatchResponse answer = await Server.Lookups.LookupBatchAsync(request, caller);
                return OutcomeOf(Assert.Single(Assert.Single(answer.Records).Answers));
            });

        public Task<string> StreamAsync(CallOptions caller, byte[] record, string asked, string purpose) =>
            OutcomeAsync(async () =>
            {
                using AsyncDuplexStreamingCall<LookupRequest, LookupStreamResponse> call =
                    Server.Lookups.LookupStream(caller);
                try
                {
                    await call.RequestStream.WriteAsync(Request(record, asked, purpose));
                    await call.RequestStream.CompleteAsync();
                }
                catch (Exception ended) when (
                    ended is OperationCanceledException or IOException or InvalidOperationException)
                {
                    // A refused call may end before all of it was sent; the answer says why.
                }

                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
                LookupStreamResponse answer = call.ResponseStream.Current;
                return answer.Refusal is { } refusal
                    ? refusal.Reason
                    : OutcomeOf(Assert.Single(answer.Response.Answers));
            });

        public Task<string> RequestAsync(CallOptions caller, string asked, string purpose) => OutcomeAsync(async () =>
        {
            RequestReleaseRequest request = new()
            {
                IdempotencyKey = UnitHost.NewKey,
                ProjectId = Project,
                Party = asked,
                Purpose = purpose,
                CaseReference = "c-1",
            };
            return (await Server.Agreements.RequestReleaseAsync(request, caller)).Request.Id.Length > 0 ? Ok : "EMPTY";
        });

        public Task<string> LinksAsync(CallOptions caller) => OutcomeAsync(async () =>
        {
            using AsyncServerStreamingCall<StreamOwnLinksResponse> call = Server.Runs.StreamOwnLinks(
                new StreamOwnLinksRequest { RunId = Run }, caller);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            return Ok;
        });

        private LookupRequest Request(byte[] record, string asked, string purpose) => new()
        {
            ProjectId = Project,
            Purpose = purpose,
            CaseReference = "c-2",
            EncodedRecord = ByteString.CopyFrom(record),
            Parties = { asked },
        };

        private static string OutcomeOf(PartyAnswer answer) => answer.OutcomeCase switch
        {
            PartyAnswer.OutcomeOneofCase.Matches => Ok,
            PartyAnswer.OutcomeOneofCase.Refusal => answer.Refusal.Reason,
            _ => "RELEASE_NEEDED",
        };

        private static async Task<string> OutcomeAsync(Func<Task<string>> call)
        {
            try
            {
                return await call();
            }
            catch (RpcException refused)
            {
                return UnitHost.ReasonOf(refused);
            }
        }
    }
}

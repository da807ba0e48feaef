using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements;

/// <summary>
/// Every call of the contract, by every role, in every state of an agreement: those that the page lists are decided by
/// the agreement, and all others answer as they do without one.
/// </summary>
public sealed class AgreementReachTests(RunPeople people) : IClassFixture<RunPeople>
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        (bytes, context) => context.Complete(bytes), context => context.PayloadAsNewBuffer());

    private readonly IReadOnlyDictionary<string, string> _decided = AccessPage.DecidedCalls();

    [Fact]
    public async Task Call_EveryRpcRoleAndStateOfAnAgreement_FollowsItWhereThePageSays()
    {
        await using RunBench bench = await RunBench.CreateAsync(people, Stored.OutputType.LinkIds, withFiles: false);
        await bench.StartQueueAsync();
        AgreementPlaces places = await AgreementPlaces.LinkAsync(bench, people);
        await bench.StopQueueAsync();
        bench.Close();
        using AgreementSample sample = new([.. RunPeople.Parties]);
        Dictionary<string, string> without = await WalkAsync(AgreementPoint.None, bench.Folder, places, sample);
        List<string> wrong = [];
        foreach (AgreementPoint point in AgreementPoint.Others)
        {
            foreach ((string call, string outcome) in await WalkAsync(point, bench.Folder, places, sample))
            {
                if (!IsRight(point, call, without[call], outcome))
                {
                    wrong.Add($"{point.Name}: {call}: {outcome}, and without an agreement {without[call]}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(_decided.Keys.Except(ContractRequests.Calls.Select(ContractRequests.NameOf)));
        Assert.Contains(without, call => call.Key.EndsWith("StartRun Analyst own", StringComparison.Ordinal)
            && call.Value == AgreementPoint.Ok);
    }

    private bool IsRight(AgreementPoint point, string call, string without, string outcome)
    {
        bool isDenied = without is "NOT_IDENTIFIED" or "ROLE_NOT_ALLOWED" or "OUTPUT_NOT_AGREED";
        return _decided.GetValueOrDefault(call.Split(' ')[0]) switch
        {
            "answer" or "request" when !isDenied => outcome == point.Answer,
            "output" when without != "NOT_IDENTIFIED" && without != "ROLE_NOT_ALLOWED" =>
                outcome == (point.Output ?? without),
            "agreement" when !isDenied => !IsRuling(outcome),
            _ => outcome == without,
        };
    }

    private static bool IsRuling(string outcome) =>
        ErrorsReflection.Descriptor.EnumTypes[0].FindValueByName(outcome) is { } reason
        && ErrorReasons.IsRuling((ErrorReason)reason.Number);

    // What every call says in one state, by call, role and project; in a copy of the store.
    private async Task<Dictionary<string, string>> WalkAsync(
        AgreementPoint point, string folder, AgreementPlaces places, AgreementSample sample)
    {
        using TemporaryFolder copy = new();
        string data = Path.Join(copy.Path, "data");
        FolderCopy.Make(folder, data);
        using (Stored.UnitStore store = await StoreTest.OpenAsync(data))
        {
            foreach (string projectId in places.ProjectIds)
            {
                await point.EnterAsync(store, projectId, sample);
            }
        }

        await using UnitHost host = await UnitHost.StartAsync(change: options => options with
        {
            Directories = new DirectoryOptions { Data = data },
            Lookups = new LookupOptions { Burst = 100_000, UnknownPercent = 101, LoadTime = Waiting.Patience },
        });
        GrpcChannel channel = host.Connect();
        ContractRequests requests = new(people, sample);
        Dictionary<string, string> outcomes = [];
        foreach (MethodDescriptor call in ContractRequests.Calls)
        {
            foreach (AccessRole role in Enum.GetValues<AccessRole>())
            {
                foreach ((string name, AgreementPlaces.Place place) in PlacesOf(places, call))
                {
                    string caller = CallerOf(role);
                    outcomes.Add(
                        $"{ContractRequests.NameOf(call)} {role} {name}",
                        await OutcomeAsync(
                            channel,
                            call,
                            requests.Of(call, place, caller),
                            role == AccessRole.Anonymous ? default : host.As(caller)));
                }
            }
        }

        return outcomes;
    }

    private static IEnumerable<(string Name, AgreementPlaces.Place Place)> PlacesOf(
        AgreementPlaces places, MethodDescriptor call) =>
        places.OwnOf(call.Name) is { } own
            ? [("own", own)]
            : [("link ids", places.LinkIds), ("groups", places.Groups)];

    private static string CallerOf(AccessRole role) => role switch
    {
        AccessRole.Party => "health",
        AccessRole.Analyst => RunBench.Analyst,
        _ => role.ToString().ToLowerInvariant(),
    };

    // On the wire, a call of one request is the same whatever its kind; an answer in its stream may be a refusal.
    private static async Task<string> OutcomeAsync(
        GrpcChannel channel, MethodDescriptor call, IMessage request, CallOptions options)
    {
        Method<byte[], byte[]> method = new(
            MethodType.ServerStreaming, call.Service.FullName, call.Name, Bytes, Bytes);
        try
        {
            string outcome = AgreementPoint.Ok;
            using AsyncServerStreamingCall<byte[]> answers = channel.CreateCallInvoker().AsyncServerStreamingCall(
                method, host: null, options, request.ToByteArray());
            while (await answers.ResponseStream.MoveNext(CancellationToken.None))
            {
                outcome = RefusalIn(call.OutputType.Parser.ParseFrom(answers.ResponseStream.Current)) ?? outcome;
            }

            return outcome;
        }
        catch (RpcException failure)
        {
            return Refusals.InfoOf(failure)?.Reason ?? failure.StatusCode.ToString();
        }
    }

    private static string? RefusalIn(IMessage answer) => answer switch
    {
        LookupResponse one => RefusalIn(one.Answers),
        LookupBatchResponse batch => batch.Records.Select(record => RefusalIn(record.Answers)).FirstOrDefault(),
        LookupStreamResponse { Refusal: { } refusal } => refusal.Reason,
        LookupStreamResponse streamed => RefusalIn(streamed.Response.Answers),
        _ => null,
    };

    private static string? RefusalIn(IEnumerable<PartyAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.Refusal is not null)?.Refusal.Reason;
}

using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements.Support;

/// <summary>A request for every call of the contract that is as sound as the call's project lets it be.</summary>
internal sealed class ContractRequests
{
    private const string Party = "health";

    private readonly RunPeople _people;
    private readonly AgreementSample _sample;
    private readonly ByteString _record;
    private readonly IReadOnlyList<string> _handles;

    public ContractRequests(RunPeople people, AgreementSample sample)
    {
        _people = people;
        _sample = sample;
        _record = ByteString.CopyFrom(people.Encode(Party, people.PeopleOf(Party)[0]).Content);
        _handles = people.HandlesOf(Party);
    }

    /// <summary>The calls of the contract by their full names, in the contract's order.</summary>
    public static IReadOnlyList<MethodDescriptor> Calls { get; } =
    [
        .. new[]
        {
            ProjectReflection.Descriptor, ExchangeReflection.Descriptor, LinkageReflection.Descriptor,
            AdminReflection.Descriptor, EncodingReflection.Descriptor, AgreementReflection.Descriptor,
            LookupReflection.Descriptor, AuditReflection.Descriptor,
        }
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods),
    ];

    /// <summary>The full name of a call.</summary>
    public static string NameOf(MethodDescriptor call) => $"{call.Service.FullName}/{call.Name}";

    /// <summary>The request of a caller.</summary>
    public IMessage Of(MethodDescriptor call, AgreementPlaces.Place place, string caller)
    {
        IMessage request = Filled(call, caller) ?? call.InputType.Parser.ParseFrom([]);
        Set(request, "idempotency_key", Stored.StoreIds.Create());
        Set(request, "project_id", place.ProjectId);
        Set(request, "upload_id", place.UploadId);
        Set(request, "run_id", place.RunId);
        return request;
    }

    // What is not in the fields that many calls share; null where there is nothing else, or nothing a sound value of
    // which could come to anything in the state the project is in.
    private IMessage? Filled(MethodDescriptor call, string caller) => call.Name switch
    {
        "CreateProject" => new CreateProjectRequest { Name = "another" },
        "WithdrawParty" => new WithdrawPartyRequest { Party = Party },
        "DeleteProject" => new DeleteProjectRequest { Name = "study" },
        "IssueToken" => new IssueTokenRequest
        {
            Subject = caller,
            Lifetime = Duration.FromTimeSpan(TimeSpan.FromDays(1)),
        },
        "GetReport" => new GetReportRequest { Kind = ReportKind.Html },
        "ProposeAgreement" => new ProposeAgreementRequest
        {
            DocumentText = Text(AgreementText.Format(_sample.Document)),
        },
        "SignAgreement" => new SignAgreementRequest { SignatureText = _sample.SignatureText(_sample.Text, Party) },
        "RequestRelease" => new RequestReleaseRequest
        {
            Party = "schools",
            Purpose = "inquiry",
            CaseReference = "c-1",
        },
        "AnswerRelease" => new AnswerReleaseRequest { RequestId = Stored.StoreIds.Create(), Released = true },
        "Lookup" or "LookupStream" => new LookupRequest
        {
            Purpose = "care",
            CaseReference = "c-2",
            EncodedRecord = _record,
            Parties = { "schools" },
        },
        "LookupBatch" => new LookupBatchRequest
        {
            Purpose = "care",
            CaseReference = "c-2",
            EncodedRecords = _record,
            Parties = { "schools" },
        },
        "AddRecords" => new AddRecordsRequest { EncodedRecords = Anew(place: 1) },
        "ReplaceRecord" => new ReplaceRecordRequest { Handle = _handles[2], EncodedRecord = Anew(place: 2) },
        "RemoveRecords" => new RemoveRecordsRequest { Handles = { _handles[3] } },
        "DecidePair" => new DecidePairRequest
        {
            Left = new RecordHandle { Party = Party, Handle = _handles[4] },
            Right = new RecordHandle { Party = "schools", Handle = _people.HandlesOf("schools")[4] },
            IsMatch = true,
        },
        "SummarizeDisclosures" => new SummarizeDisclosuresRequest
        {
            Party = Party,
            StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            EndTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(1)),
        },
        _ => null,
    };

    private ByteString Anew(int place) =>
        ByteString.CopyFrom(_people.Encode(Party, _people.PeopleOf(Party)[place]).Content);

    private static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    private static void Set(IMessage request, string field, string value) =>
        request.Descriptor.FindFieldByName(field)?.Accessor.SetValue(request, value);
}

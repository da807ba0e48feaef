using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>One call from plaintext to the unit's answer, against a unit that answers what it is told to.</summary>
public sealed class FindClientTests : IDisposable
{
    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindClient_UnitAnswers_AnswerIsHandedOnWhole()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        unit.Lookups.Answer = FindQuestions.Answer();

        FindClientResponse response = await owner.UnixClient.FindClientAsync(FindQuestions.For(3));

        Assert.Equal(unit.Lookups.Answer.Answers, response.Answers);
        Assert.Equal(42, response.AuditSequence);
    }

    [Fact]
    public async Task FindClient_Question_LeavesAsAnEncodedFileOfOneRecord()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        FindClientRequest request = FindQuestions.For(3);
        request.Explain = true;
        request.Parties.Add(["benefits", "schools"]);
        unit.Lookups.Answer.Answers.RemoveAt(1); // of a party that is not asked

        await owner.Client.FindClientAsync(request);

        LookupRequest question = Assert.Single(unit.Lookups.Questions);
        Assert.Equal(
            ("project", "emergency-shelter", "C-17.4_b", true),
            (question.ProjectId, question.Purpose, question.CaseReference, question.Explain));
        Assert.Equal(["benefits", "schools"], question.Parties);
        using EncodedFile file = EncodedFile.Read(question.EncodedRecord.Span, "question");
        EncodingFacts expected = _folder.Facts();
        Assert.Equal((1, "health"), (file.Header.RecordCount, file.Header.Party));
        Assert.Equal(expected.CheckValue, file.Header.CheckValue);
        Assert.Equal(expected.EncodingFingerprint, file.Header.Schema.EncodingFingerprint);
        Assert.All(file.Passes, pass => Assert.Equal(1, pass.RowCount));
    }

    [Fact]
    public async Task FindClient_SamePersonTwice_IsInTheSameBlocksUnderOtherHandles()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);

        await owner.Client.FindClientAsync(FindQuestions.For(3));
        await owner.Client.FindClientAsync(FindQuestions.For(4));
        await owner.Client.FindClientAsync(FindQuestions.For(3));

        EncodedFile[] files =
        [
            .. unit.Lookups.Questions.Select(one => EncodedFile.Read(one.EncodedRecord.Span, "question")),
        ];
        Assert.Equal(TokensOf(files[0]), TokensOf(files[2]));
        Assert.Empty(TokensOf(files[0]).Intersect(TokensOf(files[1])));
        Assert.NotEqual(files[0].Merge.Handle(0).ToArray(), files[2].Merge.Handle(0).ToArray());
        Array.ForEach(files, file => file.Dispose());
    }

    [Fact]
    public async Task FindClient_ManyAtTheSameTime_EachAsksForItsOwnClient()
    {
        const int People = 12;
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        UInt128[][] expected = [.. Enumerable.Range(0, People).Select(ExpectedTokens)];

        await Task.WhenAll(Enumerable.Range(0, 4 * People).Select(async i =>
        {
            FindClientRequest request = FindQuestions.For(i % People);
            request.CaseReference = $"{i % People}";
            await owner.Client.FindClientAsync(request);
        }));

        Assert.Equal(4 * People, unit.Lookups.Questions.Count);
        Assert.All(unit.Lookups.Questions, question =>
        {
            using EncodedFile file = EncodedFile.Read(question.EncodedRecord.Span, "question");
            int person = int.Parse(question.CaseReference, CultureInfo.InvariantCulture);
            Assert.Equal(expected[person], TokensOf(file));
        });
    }

    [Fact]
    public async Task FindClient_ColumnsFile_RecordsNameItsColumns()
    {
        await File.WriteAllTextAsync(Path.Join(_folder.Directories.Columns, "own.json"), """
            { "format": "linkage-columns/1", "dateOrder": "dmy",
              "fields": { "given": "vorname", "family": "nachname", "born": "geboren", "number": null } }
            """);
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        FindClientRequest request = FindQuestions.For(3);
        string[] born = request.Fields["born"].Split('-');
        request.Columns = "own.json";
        (string given, string family) = (request.Fields["given"], request.Fields["family"]);
        request.Fields.Clear();
        request.Fields["vorname"] = given;
        request.Fields["nachname"] = family;
        request.Fields["geboren"] = $"{born[2]}.{born[1]}.{born[0]}";

        await owner.Client.FindClientAsync(request);
        await owner.Client.FindClientAsync(FindQuestions.For(3));

        EncodedFile[] files =
        [
            .. unit.Lookups.Questions.Select(one => EncodedFile.Read(one.EncodedRecord.Span, "question")),
        ];
        Assert.Equal(TokensOf(files[0]), TokensOf(files[1]));
        Array.ForEach(files, file => file.Dispose());
    }

    [Theory]
    [InlineData("party", "not a name")]
    [InlineData("party", "")]
    [InlineData("purpose", "")]
    [InlineData("purpose", "two words")]
    [InlineData("case_reference", "")]
    [InlineData("case_reference", "two words")]
    [InlineData("parties", "not a name")]
    [InlineData("target.unit", "another")]
    [InlineData("target.project_id", "")]
    [InlineData("schema", "../people.schema.json")]
    [InlineData("key", "")]
    [InlineData("fields", "unknown")]
    public async Task FindClient_FieldWrong_IsRefusedBeforeAnythingLeaves(string field, string value)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        FindClientRequest request = FindQuestions.For(3);
        Spoil(request, field, value);

        RpcException failure = await FailureAsync(owner, request);

        Assert.Equal((StatusCode.InvalidArgument, "BAD_FIELDS"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Equal(field, OwnerCalls.FieldOf(failure));
        Assert.Empty(unit.Lookups.Questions);
    }

    [Fact]
    public async Task FindClient_CaseReferenceNamesTheClient_IsRefusedBeforeAnythingLeaves()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        FindClientRequest request = FindQuestions.For(3);
        request.CaseReference = $"{request.Fields["family"]}-{request.Fields["given"]}";

        RpcException failure = await FailureAsync(owner, request);

        Assert.Equal("case_reference", OwnerCalls.FieldOf(failure));
        Assert.DoesNotContain(
            request.Fields["family"], $"{failure} {OwnerCalls.DetailsOf(failure)}", StringComparison.OrdinalIgnoreCase);
        Assert.Empty(unit.Lookups.Questions);
    }

    [Fact]
    public async Task FindClient_TooLittleForAnyPass_IsRefusedAndNotAnsweredWithNobody()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        FindClientRequest request = FindQuestions.For(3);
        request.Fields.Remove("born");
        request.Fields.Remove("family");

        RpcException failure = await FailureAsync(owner, request);

        Assert.Equal("fields", OwnerCalls.FieldOf(failure));
        Assert.Empty(unit.Lookups.Questions);
    }

    [Theory]
    [InlineData("AGREEMENT_NOT_IN_FORCE")]
    [InlineData("NOT_IN_AGREEMENT")]
    [InlineData("EXCEPTED_BY_AGREEMENT")]
    [InlineData("RELEASE_NEEDED")]
    [InlineData("RELEASE_REFUSED")]
    public async Task FindClient_AgreementRefuses_ReasonClauseAndCitationArePassedOn(string reason)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        unit.Lookups.Refusal = Refusal(
            reason, [("clause", "7.2"), ("citation", "Act 5, section 3"), ("request_id", "r1"), ("other", "x")]);

        RpcException failure = await FailureAsync(owner, FindQuestions.For(3));

        Google.Rpc.ErrorInfo info = InfoOf(failure);
        Assert.Equal((StatusCode.PermissionDenied, reason), (failure.StatusCode, info.Reason));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["clause"] = "7.2",
                ["citation"] = "Act 5, section 3",
                ["request_id"] = "r1",
            },
            info.Metadata);
    }

    [Theory]
    [InlineData("ROLE_NOT_ALLOWED", nameof(StatusCode.FailedPrecondition), "UNIT_REFUSES_OWNER")]
    [InlineData("NOT_IDENTIFIED", nameof(StatusCode.FailedPrecondition), "UNIT_REFUSES_OWNER")]
    [InlineData("PROBING_SUSPECTED", nameof(StatusCode.ResourceExhausted), "PROBING_SUSPECTED")]
    [InlineData("LIMIT_REACHED", nameof(StatusCode.ResourceExhausted), "LIMIT_REACHED")]
    [InlineData("INDEX_LOADING", nameof(StatusCode.Unavailable), "INDEX_LOADING")]
    [InlineData("WRONG_STATE", nameof(StatusCode.FailedPrecondition), "WRONG_STATE")]
    [InlineData("UNKNOWN_RESOURCE", nameof(StatusCode.NotFound), "UNKNOWN_RESOURCE")]
    [InlineData("KEY_DIFFERS", nameof(StatusCode.FailedPrecondition), "KEY_DIFFERS")]
    [InlineData("NOT_SERVING", nameof(StatusCode.Unavailable), "UNIT_UNREACHABLE")]
    [InlineData("INTERNAL_ERROR", nameof(StatusCode.Internal), "INTERNAL_ERROR")]
    public async Task FindClient_UnitFails_IsToldInTheOwnersWords(string reason, string status, string told)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        unit.Lookups.Refusal = Refusal(reason, [("clause", "7.2")]);

        RpcException failure = await FailureAsync(owner, FindQuestions.For(3));

        Assert.Equal((status, told), (failure.StatusCode.ToString(), OwnerCalls.ReasonOf(failure)));
        Assert.DoesNotContain("words of the unit", $"{OwnerCalls.DetailsOf(failure)}", StringComparison.Ordinal);
        Assert.DoesNotContain("clause", InfoOf(failure).Metadata.Keys);
    }

    [Fact]
    public async Task FindClient_UnitIsSilent_EndsAtTheClientsDeadline()
    {
        TimerClock clock = new();
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, clock, unit.Connect);
        unit.Lookups.IsSilent = true;

        using AsyncUnaryCall<FindClientResponse> call = owner.Client.FindClientAsync(
            FindQuestions.For(3), deadline: DateTime.UtcNow.AddHours(1));
        await Waiting.UntilAsync(() => unit.Lookups.Questions.Count == 1);
        clock.Advance(TimeSpan.FromHours(1));
        RpcException failure = await OwnerCalls.FailureAsync(() => call.ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task FindClient_UnitIsGone_IsUnreachable()
    {
        int port;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        using UnitRoute route = new(channel.CreateCallInvoker(), new UnitOptions { Name = "unit" });
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: _ => route);

        RpcException failure = await FailureAsync(owner, FindQuestions.For(3));

        Assert.Equal((StatusCode.Unavailable, "UNIT_UNREACHABLE"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("no outcome")]
    [InlineData("not asked")]
    [InlineData("one left out")]
    [InlineData("all left out")]
    public async Task FindClient_AnswerToAnotherQuestion_IsNotHandedOn(string fault)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        LookupResponse answer = FindQuestions.Answer();
        FindClientRequest request = FindQuestions.For(3);
        switch (fault)
        {
            case "twice":
                answer.Answers.Add(answer.Answers[0]);
                break;
            case "no outcome":
                answer.Answers.Add(new PartyAnswer { Party = "housing" });
                break;
            case "one left out":
                request.Parties.Add([.. answer.Answers.Select(one => one.Party), "housing"]);
                break;
            case "all left out":
                answer.Answers.Clear();
                break;
            default:
                request.Parties.Add(["benefits", "police"]);
                break;
        }

        unit.Lookups.Answer = answer;

        RpcException failure = await FailureAsync(owner, request);

        Assert.Equal((StatusCode.Internal, "INTERNAL_ERROR"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
    }

    private static void Spoil(FindClientRequest request, string field, string value)
    {
        switch (field)
        {
            case "party": request.Party = value; break;
            case "purpose": request.Purpose = value; break;
            case "case_reference": request.CaseReference = value; break;
            case "parties": request.Parties.Add(value); break;
            case "target.unit": request.Target.Unit = value; break;
            case "target.project_id": request.Target.ProjectId = value; break;
            case "schema": request.Schema = value; break;
            case "key": request.Key = value; break;
            default: request.Fields[value] = "x"; break;
        }
    }

    private static RpcException Refusal(string reason, ReadOnlySpan<(string, string)> facts) => Refusals.Of(
        (ErrorReason)ErrorsReflection.Descriptor.EnumTypes[0].FindValueByName(reason).Number,
        "words of the unit",
        facts);

    private static Google.Rpc.ErrorInfo InfoOf(RpcException failure) => OwnerCalls.DetailsOf(failure).Details
        .Single(any => any.Is(Google.Rpc.ErrorInfo.Descriptor)).Unpack<Google.Rpc.ErrorInfo>();

    private static UInt128[] TokensOf(EncodedFile file) => [.. file.Passes.Select(pass => pass.Token(0))];

    private UInt128[] ExpectedTokens(int person)
    {
        using RecordEncoder encoder = new(OwnerFolder.Schema, _folder.Key, "health");
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(OwnerFolder.Person(person));
        using EncodedFile file = EncodedFile.Read(writer.Complete().Content, "record");
        return TokensOf(file);
    }

    private static Task<RpcException> FailureAsync(OwnerHost owner, FindClientRequest request) =>
        OwnerCalls.FailureAsync(() => owner.Client.FindClientAsync(request).ResponseAsync);
}

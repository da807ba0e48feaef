using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class UploadTests : IDisposable
{
    private static readonly UnitTarget Target = new() { Unit = "unit", ProjectId = "project" };

    private readonly OwnerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UploadEncoded_WholeFile_TellsProgressAndLeavesTheFileAtTheUnit()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        EncodedFileSummary file = await OwnerCalls.EncodeAsync(
            host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 3000));

        List<UploadEncodedResponse> told = await UploadAsync(host, Request());

        Assert.True(told.Count > 2, "Progress was told between begin and end.");
        Assert.Equal(Enumerable.Repeat(false, told.Count - 1).Append(true), told.Select(one => one.Complete));
        Assert.Equal(told.Select(one => one.AcknowledgedBytes).Order(), told.Select(one => one.AcknowledgedBytes));
        Assert.Equal((file.Size, file.Size), (told[^1].AcknowledgedBytes, told[^1].TotalBytes));
        byte[] content = await File.ReadAllBytesAsync(_folder.PathInOutput(OwnerCalls.FileName));
        Assert.Equal(content, unit.Unit.Content.ToArray());
        Assert.Equal(("health", 3000), (unit.Unit.Facts!.Party, unit.Unit.Facts.RecordCount));
    }

    [Fact]
    public async Task UploadEncoded_UnitBreaksOff_NextCallSendsWhatIsMissingOnly()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 3000));
        unit.Unit.ChunksUntilFailure = 3;

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));
        await UploadAsync(host, Request());

        Assert.Equal(
            (StatusCode.Unavailable, "UNIT_UNREACHABLE"), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.All(unit.Unit.Taken.Values, times => Assert.Equal(1, times));
        Assert.Equal(1, unit.Unit.Completed);
    }

    [Fact]
    public async Task UploadEncoded_RepeatedAfterTheFileIsGone_GivesTheSameAnswer()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        UploadEncodedRequest request = Request();
        request.KeepFile = false;

        UploadEncodedResponse first = (await UploadAsync(host, request))[^1];
        UploadEncodedResponse second = (await UploadAsync(host, request))[^1];

        Assert.Equal(first, second);
        Assert.False(File.Exists(_folder.PathInOutput(OwnerCalls.FileName)));
        Assert.True(File.Exists(_folder.PathInOutput(OwnerCalls.MapName)));
    }

    [Fact]
    public async Task UploadEncoded_MapOfAnotherEncodingBesideIt_IsRefusedBeforeAnyByte()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await _folder.EncodeHalfReplacedAsync(host.Client, OwnerCalls.Start());

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        await UploadAsync(host, Request());

        Assert.Equal(
            (StatusCode.FailedPrecondition, "OWNER_FILE_UNUSABLE"),
            (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Equal(1, unit.Unit.Completed);
    }

    [Fact]
    public async Task UploadEncoded_FileWithoutAMap_IsSent()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        File.Delete(_folder.PathInOutput(OwnerCalls.MapName));

        Assert.True((await UploadAsync(host, Request()))[^1].Complete);
    }

    [Fact]
    public async Task UploadEncoded_UnitThatIsNotConfigured_IsRefused()
    {
        await using OwnerHost host = await OwnerHost.StartAsync(_folder);

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));

        Assert.Equal("unit.unit", OwnerCalls.FieldOf(failure));
    }

    [Fact]
    public async Task UploadEncoded_UnitBreaksOff_GoesOnByItselfWithinTheTimeForIt()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        unit.RetryTime = TimeSpan.FromMinutes(5);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 3000));
        unit.Unit.ChunksUntilFailure = 3;

        UploadEncodedResponse last = (await UploadAsync(host, Request()))[^1];

        Assert.True(last.Complete);
        Assert.All(unit.Unit.Taken.Values, times => Assert.Equal(1, times));
        Assert.Equal((1, 2), (unit.Unit.Completed, unit.Projects.Looks));
    }

    [Theory]
    [InlineData("DiskFull", "ResourceExhausted", "DISK_FULL")]
    [InlineData("NotIdentified", "FailedPrecondition", "UNIT_REFUSES_OWNER")]
    [InlineData("RoleNotAllowed", "FailedPrecondition", "UNIT_REFUSES_OWNER")]
    [InlineData("UnknownResource", "NotFound", "UNKNOWN_RESOURCE")]
    [InlineData("ChunkDiffers", "AlreadyExists", "CHUNK_DIFFERS")]
    [InlineData("NotServing", "Unavailable", "UNIT_UNREACHABLE")]
    public async Task UploadEncoded_UnitRefuses_IsToldInTheOwnersWords(
        string reason, string status, string told)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        unit.Unit.Refusal = Refusals.Of(Enum.Parse<ErrorReason>(reason), "zqxcanary at 192.0.2.7");

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));

        Assert.Equal((status, told), (failure.StatusCode.ToString(), OwnerCalls.ReasonOf(failure)));
        Assert.DoesNotContain("zqxcanary", $"{failure} {OwnerCalls.DetailsOf(failure)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadEncoded_UnitAcknowledgesNothing_Ends()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        unit.Unit.Forgets = true;

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));

        Assert.Equal("UNIT_UNREACHABLE", OwnerCalls.ReasonOf(failure));
    }

    public static TheoryData<string, string> Projects => new()
    {
        { "draft", "TERMS_NOT_APPROVED" },
        { "proposed", "TERMS_NOT_APPROVED" },
        { "party", "TERMS_NOT_APPROVED" },
        { "none", "TERMS_NOT_APPROVED" },
        { "linked", "WRONG_STATE" },
        { "stranger", "PARTY_DIFFERS" },
        { "withdrawn", "PARTY_DIFFERS" },
        { "fingerprint", "ENCODING_FINGERPRINT_DIFFERS" },
        { "key", "KEY_DIFFERS" },
        { "epoch", "KEY_DIFFERS" },
        { "check", "KEY_DIFFERS" },
        { "name", "PARTY_DIFFERS" },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task UploadEncoded_TermsThatDoNotFit_SendsNothing(string fault, string reason)
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        await OwnerCalls.EncodeAsync(host.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        unit.Projects.Project = Spoiled(fault);

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(host, Request()));

        Assert.Equal((StatusCode.FailedPrecondition, reason), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        Assert.Null(unit.Unit.Facts);
        Assert.Empty(unit.Unit.Taken);
    }

    [Fact]
    public async Task Encode_ToAUnitWhoseTermsAreNotApproved_TakesNoRecordAndLeavesNothing()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        unit.Projects.Project = Spoiled("proposed");
        EncodeStart start = OwnerCalls.Start();
        start.Destination.Unit = Target;

        RpcException failure = await OwnerCalls.FailureAsync(
            () => OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10)));

        Assert.Equal("TERMS_NOT_APPROVED", OwnerCalls.ReasonOf(failure));
        Assert.Null(unit.Unit.Facts);
        Assert.Empty(_folder.OutputNames());
    }

    [Fact]
    public async Task Encode_StraightToAUnit_SendsTheFileAndKeepsTheMapOnly()
    {
        await using UnitHost unit = await UnitHost.StartAsync(_folder);
        await using OwnerHost host = await OwnerHost.StartAsync(_folder, connect: unit.Connect);
        EncodeStart start = OwnerCalls.Start();
        start.Destination.Unit = Target;

        EncodedFileSummary first = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10));
        EncodedFileSummary second = await OwnerCalls.EncodeAsync(host.Client, start, OwnerCalls.Records(0, 10));

        Assert.Equal("upload-0", first.UploadId);
        Assert.Equal(first, second);
        Assert.Equal(1, unit.Unit.Completed);
        Assert.Contains(OwnerCalls.MapName, _folder.OutputNames());
        Assert.DoesNotContain(OwnerCalls.FileName, _folder.OutputNames());
    }

    private Project Spoiled(string fault)
    {
        Project project = _folder.ApprovedProject();
        switch (fault)
        {
            case "draft": project.State = ProjectState.Draft; project.Terms = null; break;
            case "proposed": project.State = ProjectState.Proposed; break;
            case "party": project.Parties[1].State = PartyState.Invited; break;
            case "none": project.Terms = null; break;
            case "linked": project.State = ProjectState.Linked; break;
            case "stranger": project.Parties[0].Party = "schools"; break;
            case "withdrawn": project.Parties[0].State = PartyState.Withdrawn; break;
            case "fingerprint": project.Terms.EncodingFingerprint = new string('0', 64); break;
            case "key": project.Terms.KeyId = new string('0', 16); break;
            case "epoch": project.Terms.Epoch++; break;
            case "check": project.Terms.CheckValue = new string('0', 32); break;
            default: project.Terms.KeyProject = "another"; break;
        }

        return project;
    }

    private static UploadEncodedRequest Request() => new()
    {
        IdempotencyKey = "upload-of-the-test",
        FileName = OwnerCalls.FileName,
        Unit = Target,
        KeepFile = true,
    };

    private static async Task<List<UploadEncodedResponse>> UploadAsync(OwnerHost host, UploadEncodedRequest request)
    {
        using AsyncServerStreamingCall<UploadEncodedResponse> call = host.Client.UploadEncoded(request);
        List<UploadEncodedResponse> told = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            told.Add(call.ResponseStream.Current);
        }

        return told;
    }
}

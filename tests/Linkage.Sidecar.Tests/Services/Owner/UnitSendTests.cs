using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>An owner sends to a real unit, over the ways that a configuration can name.</summary>
public sealed class UnitSendTests : IDisposable
{
    private readonly OwnerFolder _folder = new();
    private readonly UnitSite _site = new();

    public void Dispose()
    {
        _site.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Encode_ToAUnit_LeavesTheSameFileThere(bool isTls)
    {
        await using RunningHost unit = await _site.StartAsync();
        string project = await AgreeAsync(unit);
        using UnitRoutes routes = Load(isTls ? _site.OverTls(unit) : _site.OverSocket());
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);

        EncodedFileSummary file = await EncodeAsync(owner, project);

        Upload upload = Assert.Single(await _site.UploadsAsync(unit.Address(), project));
        Assert.Equal(
            (file.UploadId, file.Sha256, UploadState.Complete), (upload.Id, upload.Sha256, upload.State));
    }

    [Fact]
    public async Task UploadEncoded_RepeatedByAnotherProcess_IsTheSameUpload()
    {
        await using RunningHost unit = await _site.StartAsync();
        string project = await AgreeAsync(unit);
        using UnitRoutes routes = Load(_site.OverSocket());
        List<string> ids = [];

        for (int i = 0; i < 2; i++)
        {
            await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);
            if (i == 0)
            {
                await OwnerCalls.EncodeAsync(owner.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
            }

            ids.Add(await UploadAsync(owner, project));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Single(await _site.UploadsAsync(unit.Address(), project));
    }

    [Fact]
    public async Task Encode_TermsThatOnePartyHasNotApproved_SendsNothing()
    {
        await using RunningHost unit = await _site.StartAsync();
        string project = await _site.AgreeAsync(unit.Address(), _folder.Terms(), "health");
        using UnitRoutes routes = Load(_site.OverSocket());
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);

        RpcException failure = await OwnerCalls.FailureAsync(() => EncodeAsync(owner, project));

        Assert.Equal("TERMS_NOT_APPROVED", OwnerCalls.ReasonOf(failure));
        Assert.Empty(await _site.UploadsAsync(unit.Address(), project));
    }

    [Fact]
    public async Task UploadEncoded_UnitOfAnotherAuthority_IsNotTrusted()
    {
        await using RunningHost unit = await _site.StartAsync();
        using DevelopmentAuthority stranger = new(TimeProvider.System);
        string authority = Path.Join(_folder.Root, "ca.pem");
        await File.WriteAllTextAsync(authority, stranger.CertificatePem);

        // Patience would not help, and is not tried: the call would outlast the test.
        RpcException failure = await AssertRefusedAsync(
            _site.OverTls(unit) with { Authority = authority, RetryTime = TimeSpan.FromHours(1) },
            StatusCode.Unavailable,
            "UNIT_UNREACHABLE");

        Assert.Contains("certificate", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadEncoded_UnitWhoseCertificateIsForAnotherHost_IsNotTrusted()
    {
        await using RunningHost unit = await _site.StartAsync("127.0.0.2");
        Uri other = new($"https://127.0.0.2:{unit.Address(2).Port}");

        RpcException failure = await AssertRefusedAsync(
            _site.OverTls(unit) with { Address = other, RetryTime = TimeSpan.FromHours(1) },
            StatusCode.Unavailable,
            "UNIT_UNREACHABLE");

        Assert.Contains("certificate", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadEncoded_TokenTheUnitDoesNotKnow_IsNoFaultOfTheClient()
    {
        await using RunningHost unit = await _site.StartAsync();
        string file = Path.Join(_folder.Root, "token");
        string token = BearerToken.Create("health", CallerRoles.Party, DateTimeOffset.MaxValue).Text;
        await File.WriteAllTextAsync(file, token);

        RpcException failure = await AssertRefusedAsync(
            _site.OverSocket() with { Token = file }, StatusCode.FailedPrecondition, "UNIT_REFUSES_OWNER");

        Assert.DoesNotContain(token, $"{failure} {OwnerCalls.DetailsOf(failure)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadEncoded_CertificateTheUnitDoesNotTrust_IsToldLikeAUnitThatIsDown()
    {
        await using RunningHost unit = await _site.StartAsync();
        using UnitSite stranger = new();

        await AssertRefusedAsync(
            _site.OverTls(unit) with
            {
                Certificate = stranger.PathOf("clients/health.pem"),
                Key = stranger.PathOf("clients/health.key"),
            },
            StatusCode.Unavailable,
            "UNIT_UNREACHABLE");
    }

    [Fact]
    public async Task Encode_CertificateOfAnalyst_IsRefusedByItsRole()
    {
        await using RunningHost unit = await _site.StartAsync();
        string project = await AgreeAsync(unit);
        using UnitRoutes routes = Load(_site.OverTls(unit, "analyst"));
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);

        RpcException failure = await OwnerCalls.FailureAsync(() => EncodeAsync(owner, project));

        Assert.Equal("UNIT_REFUSES_OWNER", OwnerCalls.ReasonOf(failure));
    }

    [Fact]
    public async Task Encode_FileOfAnotherParty_IsRefusedByTheUnit()
    {
        await using RunningHost unit = await _site.StartAsync();
        string project = await AgreeAsync(unit);
        using UnitRoutes routes = Load(_site.OverSocket("benefits"));
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);

        RpcException failure = await OwnerCalls.FailureAsync(() => EncodeAsync(owner, project));

        Assert.Equal("PARTY_DIFFERS", OwnerCalls.ReasonOf(failure));
        Assert.Empty(await _site.UploadsAsync(unit.Address(), project));
    }

    [Fact]
    public async Task UploadEncoded_ProjectThatTheUnitDoesNotHave_IsNotFound()
    {
        await using RunningHost unit = await _site.StartAsync();

        await AssertRefusedAsync(_site.OverSocket(), StatusCode.NotFound, "UNKNOWN_RESOURCE");
    }

    [Fact]
    public async Task UploadEncoded_UnitThatIsDown_IsUnreachable() =>
        await AssertRefusedAsync(_site.OverSocket(), StatusCode.Unavailable, "UNIT_UNREACHABLE");

    [Theory]
    [InlineData("authority", "no certificate", "units.unit.authority must hold certificates in PEM")]
    [InlineData("certificate", "no certificate", "units.unit.certificate and key must be")]
    [InlineData("token", "zqxcanary", "units.unit.token must hold one bearer token")]
    public void Load_FileThatHoldsSomethingElse_IsAFaultOfTheConfiguration(
        string member, string content, string fault)
    {
        string file = Path.Join(_folder.Root, "wrong");
        File.WriteAllText(file, content);
        UnitOptions options = new()
        {
            Name = "unit",
            Address = new Uri("https://localhost:1"),
            Authority = member == "authority" ? file : _site.PathOf("tls/ca.pem"),
            Certificate = member == "certificate" ? file : _site.PathOf("clients/health.pem"),
            Key = _site.PathOf("clients/health.key"),
            Token = member == "token" ? file : null,
        };

        SidecarOptionsException wrong = Assert.Throws<SidecarOptionsException>(() => Load(options));

        Assert.StartsWith(fault, Assert.Single(wrong.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain(content, wrong.Faults[0], StringComparison.Ordinal);
    }

    private static UnitRoutes Load(UnitOptions options) => UnitRoutes.Load([options], TimeProvider.System);

    private static Task<EncodedFileSummary> EncodeAsync(OwnerHost owner, string project)
    {
        EncodeStart start = OwnerCalls.Start();
        start.Destination.Unit = new UnitTarget { Unit = "unit", ProjectId = project };
        return OwnerCalls.EncodeAsync(owner.Client, start, OwnerCalls.Records(0, 500));
    }

    private static async Task<string> UploadAsync(OwnerHost owner, string project)
    {
        using AsyncServerStreamingCall<UploadEncodedResponse> call = owner.Client.UploadEncoded(
            new UploadEncodedRequest
            {
                IdempotencyKey = "upload-of-the-test",
                FileName = OwnerCalls.FileName,
                Unit = new UnitTarget { Unit = "unit", ProjectId = project },
                KeepFile = true,
            });
        UploadEncodedResponse last = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            last = call.ResponseStream.Current;
        }

        Assert.True(last.Complete);
        return last.UploadId;
    }

    private Task<string> AgreeAsync(RunningHost unit) =>
        _site.AgreeAsync(unit.Address(), _folder.Terms(), "health", "benefits");

    private async Task<RpcException> AssertRefusedAsync(UnitOptions way, StatusCode status, string reason)
    {
        using UnitRoutes routes = Load(way);
        await using OwnerHost owner = await OwnerHost.StartAsync(_folder, connect: routes.Find);

        await OwnerCalls.EncodeAsync(owner.Client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));

        RpcException failure = await OwnerCalls.FailureAsync(() => UploadAsync(owner, new string('0', 32)));

        Assert.Equal((status, reason), (failure.StatusCode, OwnerCalls.ReasonOf(failure)));
        string told = $"{failure} {OwnerCalls.DetailsOf(failure)}";
        Assert.DoesNotContain("127.0.0", told, StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Socket, told, StringComparison.Ordinal);
        return failure;
    }
}

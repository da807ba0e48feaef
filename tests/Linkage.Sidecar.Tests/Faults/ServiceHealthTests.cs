using Grpc.Core;
using Grpc.Health.V1;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;
using UnitHost = Linkage.Sidecar.Tests.Services.Access.Support.UnitHost;

namespace Linkage.Sidecar.Tests.Faults;

public sealed class ServiceHealthTests : IDisposable
{
    private readonly OwnerFolder _owner = new();

    public void Dispose() => _owner.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("linkage.v1.ProjectService")]
    [InlineData("linkage.v1.ExchangeService")]
    [InlineData("linkage.v1.LinkageService")]
    [InlineData("linkage.v1.AdminService")]
    public async Task Check_ServiceOfTheUnit_Serves(string service)
    {
        await using UnitHost host = await UnitHost.StartAsync();

        HealthCheckResponse answer = await new Health.HealthClient(host.Connect())
            .CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Check_ServiceOfAnotherRole_IsUnknown()
    {
        await using UnitHost unit = await UnitHost.StartAsync();
        await using UnitHost owner = await UnitHost.StartAsync(change: options => options with
        {
            Roles = SidecarRoles.Owner,
            Directories = _owner.Directories,
        });

        Assert.Equal(StatusCode.NotFound, await CodeAsync(unit, "linkage.v1.EncodingService"));
        Assert.Equal(StatusCode.OK, await CodeAsync(owner, "linkage.v1.EncodingService"));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(owner, "linkage.v1.ExchangeService"));
    }

    [Fact]
    public async Task Watch_ServiceOfAUnitThatStops_SaysSoAndEnds()
    {
        await using UnitHost host = await UnitHost.StartAsync();
        using AsyncServerStreamingCall<HealthCheckResponse> watch = new Health.HealthClient(host.Connect())
            .Watch(new HealthCheckRequest { Service = "linkage.v1.LinkageService" });
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);

        Task stop = host.StopAsync();

        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        RpcException end = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        await stop;
    }

    private static async Task<StatusCode> CodeAsync(UnitHost host, string service)
    {
        try
        {
            await new Health.HealthClient(host.Connect()).CheckAsync(new HealthCheckRequest { Service = service });
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}

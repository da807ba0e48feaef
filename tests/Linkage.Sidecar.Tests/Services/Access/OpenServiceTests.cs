using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Alpha = Grpc.Reflection.V1Alpha;

namespace Linkage.Sidecar.Tests.Services.Access;

public sealed class OpenServiceTests : IAsyncLifetime
{
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Call_ByNobody_IsAnsweredByTheServicesOfThePage()
    {
        GrpcChannel channel = _host.Connect();

        HealthCheckResponse health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
        string[] served = await ServicesAsync(channel);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(
            AccessPage.OpenServices().Order(),
            served.Where(service => !service.StartsWith("linkage.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Reflection_Alpha_IsAnsweredToNobodyToo()
    {
        using AsyncDuplexStreamingCall<Alpha.ServerReflectionRequest, Alpha.ServerReflectionResponse> call =
            new Alpha.ServerReflection.ServerReflectionClient(_host.Connect()).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { ListServices = "*" });

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotEmpty(call.ResponseStream.Current.ListServicesResponse.Service);
    }

    private static async Task<string[]> ServicesAsync(GrpcChannel channel)
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name)];
    }
}

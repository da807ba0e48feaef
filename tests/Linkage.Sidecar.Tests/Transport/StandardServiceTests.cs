using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Linkage.Sidecar.Transport.Standard;
using Microsoft.Extensions.DependencyInjection;
using Alpha = Grpc.Reflection.V1Alpha;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class StandardServiceTests
{
    [Fact]
    public async Task Check_KnownAndUnknown_ServesAndIsNotFound()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        Health.HealthClient client = new(server.Channel);

        HealthCheckResponse whole = await client.CheckAsync(new HealthCheckRequest());
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "x" }));

        Assert.Equal(ServingStatus.Serving, whole.Status);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Watch_UnknownThenChanged_TellsEachChange()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        HealthStatuses statuses = server.App.Services.GetRequiredService<HealthStatuses>();
        using AsyncServerStreamingCall<HealthCheckResponse> call =
            new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest { Service = "x" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
        statuses.Set("x", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));
        statuses.Set("x", ServingStatus.Serving);
        statuses.Set("x", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
    }

    [Fact]
    public async Task Watch_HostStops_SaysSoAndEnds()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncServerStreamingCall<HealthCheckResponse> call =
            new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        Task stop = server.App.StopAsync();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        RpcException end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        await stop;
    }

    [Fact]
    public async Task Reflection_List_HasEveryMappedService()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ServerReflectionResponse answer = await AskAsync(server, new ServerReflectionRequest { ListServices = "*" });

        Assert.Equal(
            [
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection", "linkage.transport.test.Probe",
            ],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("linkage.transport.test.Probe")]
    [InlineData("linkage.transport.test.Probe.Chat")]
    [InlineData("linkage.transport.test.ProbeReply")]
    [InlineData("linkage.transport.test.ProbeReply.payload")]
    public async Task Reflection_Symbol_GivesItsFile(string symbol)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ServerReflectionResponse answer =
            await AskAsync(server, new ServerReflectionRequest { FileContainingSymbol = symbol });

        ByteString file = Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal("transport_test.proto", FileDescriptorProto.Parser.ParseFrom(file).Name);
    }

    [Fact]
    public async Task Reflection_File_GivesItOrError5()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        ServerReflectionResponse known = await AskAsync(
            server, new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });
        ServerReflectionResponse unknown = await AskAsync(
            server, new ServerReflectionRequest { FileByFilename = "none.proto" });

        Assert.Single(known.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(5, unknown.ErrorResponse.ErrorCode);
        Assert.Equal("none.proto", unknown.OriginalRequest.FileByFilename);
    }

    [Fact]
    public async Task Reflection_Alpha_AnswersTheSame()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncDuplexStreamingCall<Alpha.ServerReflectionRequest, Alpha.ServerReflectionResponse> call =
            new Alpha.ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { ListServices = string.Empty });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(4, call.ResponseStream.Current.ListServicesResponse.Service.Count);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current.Status;
    }

    private static async Task<ServerReflectionResponse> AskAsync(ProbeServer server, ServerReflectionRequest request)
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}

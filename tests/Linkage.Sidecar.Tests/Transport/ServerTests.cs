using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport.Contract;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class ServerTests
{
    [Fact]
    public async Task Interceptors_EveryKind_WrapInOrder()
    {
        await using ProbeServer server = await ProbeServer.StartAsync(Intercept);

        await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo" });
        using AsyncClientStreamingCall<ProbeRequest, ProbeReply> upload = server.Client.Upload();
        await upload.RequestStream.CompleteAsync();
        await upload;
        using AsyncServerStreamingCall<ProbeReply> download = server.Client.Download(new ProbeRequest());
        Assert.False(await download.ResponseStream.MoveNext());
        using AsyncDuplexStreamingCall<ProbeRequest, ProbeReply> chat = server.Client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        Assert.Equal(
            [
                "outer Unary", "inner Unary", "inner after", "outer after", "outer Upload", "inner Upload",
                "outer Download", "inner Download", "outer Chat", "inner Chat",
            ],
            server.Memory.Notes);
    }

    [Fact]
    public async Task Interceptor_Refuses_HandlerIsNotCalled()
    {
        await using ProbeServer server = await ProbeServer.StartAsync(Intercept);
        Metadata headers = new() { { "refuse", "yes" } };

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(new ProbeRequest { Behavior = "echo" }, headers));

        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
        Assert.Empty(server.Memory.Calls);
    }

    [Fact]
    public async Task Write_WhileAnotherIsUnderWay_Throws()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncServerStreamingCall<ProbeReply> call =
            server.Client.Download(new ProbeRequest { Behavior = "twice" });

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Drain_CallUnderWay_Finishes()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncUnaryCall<ProbeReply> call = server.Client.UnaryAsync(new ProbeRequest { Behavior = "ignore" });
        await server.Memory.CalledAsync();

        Task stop = server.App.StopAsync();
        server.Memory.Release.SetResult();

        await call;
        await stop.WaitAsync(Waiting.Patience);
    }

    [Fact]
    public async Task Drain_LimitOver_EndsTheCallWithUnavailable()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(100));
        using AsyncUnaryCall<ProbeReply> call = server.Client.UnaryAsync(new ProbeRequest { Behavior = "wait" });
        await server.Memory.CalledAsync();

        Task stop = server.App.StopAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await stop.WaitAsync(Waiting.Patience);
    }

    [Theory]
    [InlineData("hint")]
    [InlineData("plain")]
    public async Task Download_SmallMessages_ShareDataFrames(string behavior)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2, window: 1_000_000);
        byte[] request = Frames.Frame(new ProbeRequest { Behavior = behavior, Count = 5000 });

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Download");
        await connection.SendDataAsync(1, request, endStream: true);
        RawStream stream = await connection.ReadToEndAsync(1);

        Assert.Equal(5000, Frames.Split(stream.Body).Count);

        // How many share a frame depends on how far the writer is ahead of the reader; at least two do.
        Assert.InRange(stream.Frames.Count, 3, 2500);
    }

    [Fact]
    public async Task UnixSocket_Call_IsAnswered()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "s");
        await using ProbeServer server = await ProbeServer.StartAsync(
            kestrel: kestrel => kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2));
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, cancel) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using GrpcChannel channel = GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { HttpHandler = handler });

        ProbeReply reply = await new Probe.ProbeClient(channel).UnaryAsync(
            new ProbeRequest { Behavior = "who" });

        Assert.Equal("unix: nobody", reply.Text);
    }

    [Fact]
    public async Task MutualTls_GoodAndNoCertificate_PassesAndIsRefused()
    {
        using X509Certificate2 certificate = Certificate();
        await using ProbeServer server = await ProbeServer.StartAsync(kestrel: kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                    ClientCertificateValidation = (client, _, _) => client.Thumbprint == certificate.Thumbprint,
                });
            }));
        int port = new Uri(server.App.Urls.Single(url => url.StartsWith("https", StringComparison.Ordinal))).Port;
        using X509Certificate2 stranger = Certificate();

        ProbeReply reply = await CallAsync(port, certificate, certificate);
        RpcException none = await Assert.ThrowsAsync<RpcException>(() => CallAsync(port, certificate, null));
        RpcException wrong = await Assert.ThrowsAsync<RpcException>(() => CallAsync(port, certificate, stranger));

        Assert.EndsWith(" agency.test", reply.Text, StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unavailable, none.StatusCode);
        Assert.Equal(StatusCode.Unavailable, wrong.StatusCode);
        Assert.Single(server.Memory.Calls);
    }

    private static void Intercept(GrpcServiceOptions options)
    {
        options.Interceptors.Add<NotingInterceptor>("outer");
        options.Interceptors.Add<NotingInterceptor>("inner");
    }

    private static async Task<ProbeReply> CallAsync(int port, X509Certificate2 trusted, X509Certificate2? own)
    {
        using SocketsHttpHandler handler = new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = own is null ? [] : [own],
                RemoteCertificateValidationCallback = (_, server, _, _) =>
                    server?.GetCertHashString() == trusted.Thumbprint,
            },
        };
        using GrpcChannel channel = GrpcChannel.ForAddress(
            $"https://localhost:{port}", new GrpcChannelOptions { HttpHandler = handler });
        return await new Probe.ProbeClient(channel).UnaryAsync(new ProbeRequest { Behavior = "who" });
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=agency", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("agency.test");
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }
}

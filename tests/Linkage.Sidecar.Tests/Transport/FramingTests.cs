using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Linkage.Sidecar.Tests.Transport.Contract;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class FramingTests
{
    private const string Grpc = "application/grpc";

    private static readonly byte[] Echo = Frames.Frame(new ProbeRequest { Behavior = "echo", Number = 5 });

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Request_OtherVerb_Is405(string verb)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(verb), "/linkage.transport.test.Probe/Unary")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Echo),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Grpc);

        using HttpResponseMessage response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "Unary")]
    [InlineData("application/grpc+foo", "Unary")]
    [InlineData("application/grpcx", "Unary")]
    [InlineData("application/json", "Download")]
    [InlineData("application/connect+json", "Unary")]
    public async Task ContentType_Unknown_Is415WithTheKnownOnes(string contentType, string method)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Http, method, contentType, Echo);

        Assert.Equal(415, answer.Status);
        Assert.Contains("application/grpc-web-text", answer.Headers["accept-post"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public async Task Grpc_OverHttp1_Is426(string version)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        server.Web.DefaultRequestVersion = Version.Parse(version);

        RawAnswer answer = await Frames.PostAsync(server.Web, "Unary", Grpc, Echo);

        Assert.Equal(426, answer.Status);
        Assert.Equal("HTTP/2", answer.Headers["upgrade"]);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("Application/GRPC; charset=utf-8")]
    public async Task Unary_KnownType_IsAnsweredWithTrailers(string contentType)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Http, "Unary", contentType, Echo);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Grpc, answer.Headers["content-type"]);
        Assert.Equal("identity,gzip", answer.Headers["grpc-accept-encoding"]);
        Assert.Equal("0", answer.Trailers["grpc-status"]);
        (byte flag, byte[] payload) = Assert.Single(Frames.Split(answer.Body));
        Assert.Equal(0, flag);
        Assert.Equal(5, ProbeReply.Parser.ParseFrom(payload).Number);
    }

    [Fact]
    public async Task Upload_ManyMessagesInOneBody_AreAllRead()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] body = [.. Enumerable.Range(0, 500).SelectMany(_ => Echo)];

        RawAnswer answer = await Frames.PostAsync(server.Http, "Upload", Grpc, body);

        Assert.Equal(500, ProbeReply.Parser.ParseFrom(Frames.Split(answer.Body)[0].Payload).Count);
    }

    [Fact]
    public async Task Upload_OneMessageByteByByte_IsRead()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Upload");

        foreach (byte one in Echo)
        {
            await connection.SendDataAsync(1, [one], endStream: false);
        }

        await connection.SendDataAsync(1, [], endStream: true);
        RawStream stream = await connection.ReadToEndAsync(1);

        Assert.Equal(1, ProbeReply.Parser.ParseFrom(Frames.Split(stream.Body)[0].Payload).Count);
    }

    public static TheoryData<string, byte[], string, string> BrokenBodies => new()
    {
        { "Upload", [2, 0, 0, 0, 0], Grpc, "13" },
        { "Upload", [255, 0, 0, 0, 0], Grpc, "13" },
        { "Upload", [0, 0, 0], Grpc, "13" },
        { "Upload", [.. Echo, 0, 0, 0, 0, 9, 1], Grpc, "13" },
        { "Upload", [1, 0, 0, 0, 0], Grpc, "13" },
        { "Unary", Frames.Frame([0xFF, 0xFF, 0xFF]), Grpc, "13" },
        { "Unary", [], Grpc, "12" },
        { "Unary", [.. Echo, .. Echo], Grpc, "12" },
        { "Download", [], Grpc, "12" },
        { "Download", [.. Echo, .. Echo], Grpc, "12" },
        { "Missing", Echo, Grpc, "12" },
        { "Nowhere", Echo, Grpc, "12" },
        { "Upload", Echo[..^1], Grpc, "13" },
    };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Grpc_BrokenBody_HasItsStatus(string method, byte[] body, string contentType, string code)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Http, method, contentType, body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(code, answer.Code);
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task Grpc_BodyEndsInsideAMessage_SaysIncomplete()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Http, "Unary", Grpc, Echo[..^1]);

        Assert.Equal("Incomplete message.", answer.Headers["grpc-message"]);
    }

    [Theory]
    [InlineData("application/connect+proto")]
    [InlineData("application/connect+json")]
    public async Task ConnectStream_UnknownFlag_IsInvalidArgument(string contentType)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Http, "Upload", contentType, [9, 0, 0, 0, 0]);

        (byte flag, byte[] payload) = Assert.Single(Frames.Split(answer.Body));
        Assert.Equal(2, flag);
        Assert.Contains("\"invalid_argument\"", Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownService_AnotherPostOfTheApplication_IsNotSwallowed()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using StringContent form = new("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");
        using StringContent json = new("{}", Encoding.UTF8, "application/json");

        using HttpResponseMessage first = await server.Web.PostAsync(new Uri("/a/b", UriKind.Relative), form);
        using HttpResponseMessage second = await server.Web.PostAsync(new Uri("/a/b", UriKind.Relative), json);

        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Equal(string.Empty, await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_BeforeAnyMessage_IsOneHeadersFrameThatEndsTheStream()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Missing");
        await connection.SendDataAsync(1, Echo, endStream: true);
        RawStream stream = await connection.ReadToEndAsync(1);

        (byte type, byte flags, byte[] payload) = Assert.Single(stream.Frames);
        Assert.Equal(RawHttp2.Headers, type);
        Assert.Equal(RawHttp2.EndStream, (byte)(flags & RawHttp2.EndStream));
        string head = Encoding.Latin1.GetString(payload);
        Assert.Contains("grpc-status", head, StringComparison.Ordinal);
        Assert.Contains(Grpc, head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_Unary_IsHeadersDataHeaders()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Unary");
        await connection.SendDataAsync(1, Echo, endStream: true);
        RawStream stream = await connection.ReadToEndAsync(1);

        byte[] types = [.. stream.Frames.Select(frame => frame.Type)];
        Assert.Equal(RawHttp2.Headers, types[0]);
        Assert.Contains(RawHttp2.Data, types);
        Assert.Equal(RawHttp2.Headers, types[^1]);
        Assert.Contains(
            "grpc-status", Encoding.Latin1.GetString(stream.Frames[^1].Payload), StringComparison.Ordinal);
    }
}

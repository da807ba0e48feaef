using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Linkage.Sidecar.Tests.Transport.Contract;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class ConnectTests
{
    private const string Json = "application/json";
    private const string StreamJson = "application/connect+json";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unary_Json_IsABareBody(bool http2)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            http2 ? server.Http : server.Web,
            "Unary",
            Json,
            Encoding.UTF8.GetBytes("""{"behavior":"echo","number":"9007199254740993","new":{"a":[1]},"text":"ä"}"""));

        Assert.Equal(200, answer.Status);
        Assert.Equal(Json, answer.Headers["content-type"]);
        Assert.Equal("9007199254740993", answer.Json.GetProperty("number").GetString());
        Assert.Equal("ä", answer.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Unary_Proto_IsABareBodyWithTrailersInTheHead()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            server.Web,
            "Unary",
            "application/proto",
            new ProbeRequest { Behavior = "metadata" }.ToByteArray(),
            ("x-a", "1"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("1", answer.Headers["x-a"]);
        Assert.Equal("1", answer.Headers["trailer-x-a"]);
        Assert.Contains("x-a", ProbeReply.Parser.ParseFrom(answer.Body).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_Gzip_WorksBothWays()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");

        RawAnswer answer = await Frames.PostAsync(
            server.Web,
            "Unary",
            Json,
            Frames.Gzip("""{"behavior":"echo","text":"hello"}"""u8.ToArray()),
            ("content-encoding", "gzip"),
            ("accept-encoding", "br, gzip"));

        Assert.Equal("gzip", answer.Headers["content-encoding"]);
        Assert.Contains("hello", Encoding.UTF8.GetString(Frames.Gunzip(answer.Body)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 499, "canceled")]
    [InlineData(2, 500, "unknown")]
    [InlineData(3, 400, "invalid_argument")]
    [InlineData(4, 504, "deadline_exceeded")]
    [InlineData(5, 404, "not_found")]
    [InlineData(6, 409, "already_exists")]
    [InlineData(7, 403, "permission_denied")]
    [InlineData(8, 429, "resource_exhausted")]
    [InlineData(9, 400, "failed_precondition")]
    [InlineData(10, 409, "aborted")]
    [InlineData(11, 400, "out_of_range")]
    [InlineData(12, 501, "unimplemented")]
    [InlineData(13, 500, "internal")]
    [InlineData(14, 503, "unavailable")]
    [InlineData(15, 500, "data_loss")]
    [InlineData(16, 401, "unauthenticated")]
    public async Task Unary_Failure_IsJsonWithTheHttpStatus(int code, int status, string name)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        string request = $$"""{"behavior":"fail","count":{{code}},"text":"why ä"}""";

        RawAnswer answer = await Frames.PostAsync(server.Web, "Unary", Json, Encoding.UTF8.GetBytes(request));

        Assert.Equal(status, answer.Status);
        Assert.Equal(Json, answer.Headers["content-type"]);
        Assert.Equal(name, answer.Json.GetProperty("code").GetString());
        Assert.Equal("why ä", answer.Json.GetProperty("message").GetString());
        Assert.Equal("because", answer.Headers["trailer-why"]);
    }

    [Fact]
    public async Task Unary_ErrorDetails_AreInTheJsonAndInTheTrailersOfGrpc()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer json = await Frames.PostAsync(
            server.Web, "Unary", Json, """{"behavior":"details"}"""u8.ToArray());
        RawAnswer grpc = await Frames.PostAsync(
            server.Http, "Unary", "application/grpc", Frames.Frame(new ProbeRequest { Behavior = "details" }));

        JsonElement detail = Assert.Single(json.Json.GetProperty("details").EnumerateArray());
        Assert.Equal("linkage.transport.test.ProbeReply", detail.GetProperty("type").GetString());
        byte[] value = Convert.FromBase64String(detail.GetProperty("value").GetString()!.PadRight(4, '='));
        Assert.Equal(7, ProbeReply.Parser.ParseFrom(value).Count);
        Assert.NotEmpty(grpc.Headers["grpc-status-details-bin"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"number\":\"a secret\"}")]
    public async Task Unary_BadJson_IsInvalidArgumentWithoutTheInput(string body)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Web, "Unary", Json, Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_argument", answer.Json.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Nowhere", 404)]
    [InlineData("Missing", 501)]
    public async Task Unary_NotImplemented_Is404ForUnknownAnd501ForKnown(string method, int status)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(server.Web, method, Json, "{}"u8.ToArray());

        Assert.Equal(status, answer.Status);
        Assert.Equal("unimplemented", answer.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Stream_Json_IsEnvelopedAndEndsWithTheMetadata()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] body = Frames.Frame("""{"behavior":"fail","count":2}"""u8.ToArray());

        RawAnswer answer = await Frames.PostAsync(server.Web, "Download", StreamJson, body);
        List<(byte Flag, byte[] Payload)> frames = Frames.Split(answer.Body);
        JsonElement end = JsonDocument.Parse(frames[2].Payload).RootElement;

        Assert.Equal(200, answer.Status);
        Assert.Equal(StreamJson, answer.Headers["content-type"]);
        Assert.Equal([0, 0, 2], frames.Select(frame => frame.Flag));
        Assert.Equal("data_loss", end.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("because", end.GetProperty("metadata").GetProperty("why")[0].GetString());
        Assert.Equal("AP8H", end.GetProperty("metadata").GetProperty("proof-bin")[0].GetString());
    }

    [Fact]
    public async Task Stream_Success_EndsWithAnEmptyObject()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] body = [.. Frames.Frame("{}"u8.ToArray()), .. Frames.Frame("{}"u8.ToArray())];

        RawAnswer answer = await Frames.PostAsync(server.Web, "Upload", StreamJson, body);
        List<(byte Flag, byte[] Payload)> frames = Frames.Split(answer.Body);

        Assert.Equal(2, JsonDocument.Parse(frames[0].Payload).RootElement.GetProperty("count").GetInt32());
        Assert.Equal("{}", Encoding.UTF8.GetString(frames[1].Payload));
    }

    [Theory]
    [InlineData("100", "wait", 504)]
    [InlineData("0", "echo", 504)]
    [InlineData("x", "echo", 400)]
    [InlineData("9999999999", "echo", 200)]
    public async Task Timeout_Milliseconds_AreHonoured(string timeout, string behavior, int status)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        string body = $$"""{"behavior":"{{behavior}}"}""";

        RawAnswer answer = await Frames.PostAsync(
            server.Web, "Unary", Json, Encoding.UTF8.GetBytes(body), ("connect-timeout-ms", timeout));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc-web+proto")]
    public async Task Web_Binary_EndsWithATrailerFrame(string contentType)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] body = Frames.Frame(new ProbeRequest { Behavior = "fail", Count = 2 });

        RawAnswer answer = await Frames.PostAsync(server.Web, "Download", contentType, body);
        List<(byte Flag, byte[] Payload)> frames = Frames.Split(answer.Body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(contentType, answer.Headers["content-type"]);
        Assert.Equal([0, 0, 0x80], frames.Select(frame => frame.Flag));
        Assert.Equal(
            "grpc-status: 15\r\ngrpc-message: half way\r\nwhy: because\r\nproof-bin: AP8H\r\n",
            Encoding.ASCII.GetString(frames[2].Payload));
    }

    [Fact]
    public async Task Web_Text_IsBase64PerFrameBothWays()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        ProbeRequest first = new() { Payload = ByteString.CopyFrom(new byte[2]) };
        ProbeRequest second = new() { Payload = ByteString.CopyFrom(new byte[3]) };
        string body = Convert.ToBase64String(Frames.Frame(first)) + Convert.ToBase64String(Frames.Frame(second));

        RawAnswer answer = await Frames.PostAsync(
            server.Web, "Upload", "application/grpc-web-text", Encoding.ASCII.GetBytes(body));

        byte[] decoded = FromConcatenatedBase64(answer.Text);
        List<(byte Flag, byte[] Payload)> frames = Frames.Split(decoded);
        Assert.Equal(2, ProbeReply.Parser.ParseFrom(frames[0].Payload).Count);
        Assert.Equal(5, ProbeReply.Parser.ParseFrom(frames[0].Payload).Number);
        Assert.Equal("grpc-status: 0\r\n", Encoding.ASCII.GetString(frames[1].Payload));
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("AAA")]
    public async Task Web_TextThatIsNotBase64_IsInternal(string body)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            server.Web, "Upload", "application/grpc-web-text", Encoding.ASCII.GetBytes(body));

        Assert.Contains(
            "grpc-status: 13", Encoding.ASCII.GetString(FromConcatenatedBase64(answer.Text)), StringComparison.Ordinal);
    }

    private static byte[] FromConcatenatedBase64(string text) =>
        [.. text.Chunk(4).SelectMany(group => Convert.FromBase64CharArray(group, 0, 4))];
}

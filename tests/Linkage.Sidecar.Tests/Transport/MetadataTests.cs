using Grpc.Core;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.Sidecar.Transport.Wire;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class MetadataTests
{
    [Fact]
    public async Task Metadata_TextAndBytes_ComeBackAsHeadersAndTrailers()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        Metadata sent = new()
        {
            { "x-text", "one" }, { "x-raw-bin", [1, 2, 255] }, { "x-raw-bin", [] },
        };
        using AsyncUnaryCall<ProbeReply> call =
            server.Client.UnaryAsync(new ProbeRequest { Behavior = "metadata" }, sent);

        ProbeReply reply = await call;
        Metadata headers = await call.ResponseHeadersAsync;

        foreach (Metadata received in (Metadata[])[headers, call.GetTrailers()])
        {
            Assert.Equal("one", received.GetValue("x-text"));
            Assert.Equal([[1, 2, 255], []], received.GetAll("x-raw-bin").Select(entry => entry.ValueBytes));
        }

        string[] keys = reply.Text.Split(' ');
        Assert.DoesNotContain(keys, key => key.StartsWith("grpc-", StringComparison.Ordinal));
        Assert.DoesNotContain("te", keys);
        Assert.DoesNotContain("content-type", keys);
        Assert.DoesNotContain("host", keys);
    }

    [Fact]
    public async Task Metadata_RepeatedKey_KeepsEachValue()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);
        byte[] request = Frames.Frame(new ProbeRequest { Behavior = "metadata" });

        await connection.SendHeadersAsync(
            1, "/linkage.transport.test.Probe/Unary", ("x-text", "one"), ("x-text", "two"));
        await connection.SendDataAsync(1, request, endStream: true);
        await connection.ReadToEndAsync(1);

        Metadata seen = Assert.Single(server.Memory.Calls).RequestHeaders;
        Assert.Equal(["one", "two"], seen.GetAll("x-text").Select(entry => entry.Value));
    }

    [Theory]
    [InlineData("AQI=", "AQI=")]
    [InlineData("AQI", "AQI=")]
    [InlineData("AQI,AwQ=", "AQI=|AwQ=")]
    [InlineData("AQI=, AwQ", "AQI=|AwQ=")]
    [InlineData("not base64!", "")]
    public void Read_BinaryValue_PaddedOrNotAndJoined(string value, string expected)
    {
        Metadata metadata = [];

        MetadataCodec.Read(metadata, "x-bin", value);

        Assert.Equal(expected, string.Join('|', metadata.Select(entry => Convert.ToBase64String(entry.ValueBytes))));
    }

    [Theory]
    [InlineData("x!y")]
    [InlineData("x'y-bin")]
    public async Task Metadata_HeaderWhoseNameIsNoKey_IsLeftOut(string name)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            server.Http,
            "Unary",
            "application/grpc",
            Frames.Frame(new ProbeRequest { Behavior = "metadata" }),
            (name, "AQI="),
            ("x-text", "one"));

        Assert.Equal("0", answer.Code);
        Assert.Equal("one", answer.Headers["x-text"]);
        Assert.DoesNotContain(Assert.Single(server.Memory.Calls).RequestHeaders, entry => entry.Key == name);
    }

    [Fact]
    public async Task Trailer_WithForbiddenCharacters_IsLeftOutAndTheStatusArrives()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncUnaryCall<ProbeReply> call = server.Client.UnaryAsync(new ProbeRequest { Behavior = "badtrailer" });

        await call;

        Assert.Null(call.GetTrailers().GetValue("bad"));
        Assert.Equal("yes", call.GetTrailers().GetValue("good"));
        Assert.Contains(server.Log.Lines, line => line.Level == LogLevel.Warning
            && line.Text.Contains("trailer bad", StringComparison.Ordinal));
    }

    [Fact]
    public void Entry_WrongKey_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a b", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a-bin", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a", [1]));
        Assert.Equal("key", new Metadata.Entry("KEY", "x").Key);
    }

    [Fact]
    public void ToString_Entry_HidesTheValue()
    {
        Metadata.Entry entry = new("authorization", "token");

        Assert.DoesNotContain("token", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_Add_Throws() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));

    [Theory]
    [InlineData("x!odd")]
    [InlineData("x~odd-bin")]
    public void Read_HeaderWhoseNameIsNoKey_IsLeftOut(string name)
    {
        Metadata metadata = [];

        MetadataCodec.Read(metadata, name, "AAAA");

        Assert.Empty(metadata);
    }
}

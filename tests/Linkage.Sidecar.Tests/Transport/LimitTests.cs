using System.Buffers;
using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class LimitTests
{
    private const int Limit = 4 * 1024 * 1024;
    private const string ContentType = "application/grpc";

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "8")]
    public async Task Receive_AtTheLimit_PassesAndOneMoreDoesNot(int over, string code)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] body = Frames.Frame(Sized(Limit + over));

        RawAnswer answer = await Frames.PostAsync(server.Http, "Upload", ContentType, body);

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task Receive_LengthAlone_IsRefusedBeforeThePayloadComes()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        await using RawHttp2 connection = await RawHttp2.ConnectAsync(server.Http2);

        await connection.SendHeadersAsync(1, "/linkage.transport.test.Probe/Upload");
        await connection.SendDataAsync(1, [0, 0xFF, 0xFF, 0xFF, 0xFF], endStream: false);
        RawStream stream = await connection.ReadToEndAsync(1);

        Assert.Contains(
            "grpc-status\u00018",
            System.Text.Encoding.Latin1.GetString(stream.Frames[0].Payload),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_FiftyMegabytes_IsResourceExhausted()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        ProbeRequest request = new() { Behavior = "echo", Payload = ByteString.CopyFrom(new byte[50_000_000]) };

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(request));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact]
    public async Task Receive_NoLimit_TakesTenMegabytes()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        ProbeRequest request = new() { Behavior = "echo", Payload = ByteString.CopyFrom(new byte[10_000_000]) };

        Assert.Equal(10_000_000, (await server.Client.UnaryAsync(request)).Payload.Length);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "8")]
    [InlineData(100_000_000, "8")]
    public async Task Receive_Bomb_IsMeasuredAfterInflation(int over, string code)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        byte[] bomb = Frames.Gzip(Sized(Limit + over));
        Assert.InRange(bomb.Length, 0, Limit / 10);

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Upload", ContentType, Frames.Frame(bomb, flag: 1), ("grpc-encoding", "gzip"));

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task ConnectUnary_OverTheLimit_Is429()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer plain = await Frames.PostAsync(server.Web, "Unary", "application/proto", Sized(Limit + 1));
        RawAnswer bomb = await Frames.PostAsync(
            server.Web, "Unary", "application/proto", Frames.Gzip(Sized(Limit + 1)), ("content-encoding", "gzip"));

        Assert.Equal(429, plain.Status);
        Assert.Equal(429, bomb.Status);
    }

    [Theory]
    [InlineData(900, 0)]
    [InlineData(2000, 8)]
    public async Task Send_OverTheLimit_IsResourceExhausted(int size, int expected)
    {
        await using ProbeServer server = await ProbeServer.StartAsync(options => options.MaxSendMessageSize = 1000);
        using AsyncUnaryCall<ProbeReply> call =
            server.Client.UnaryAsync(new ProbeRequest { Behavior = "size", Count = size });

        await call.ResponseAsync.ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(expected, (int)call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Encoding_Unknown_IsUnimplementedAndNamesTheKnownOnes()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Unary", ContentType, Frames.Frame([], flag: 1), ("grpc-encoding", "snappy"));

        Assert.Equal("12", answer.Code);
        Assert.Contains("gzip", answer.Headers["grpc-message"], StringComparison.Ordinal);
        Assert.Equal("identity,gzip", answer.Headers["grpc-accept-encoding"]);
    }

    [Fact]
    public void Inflate_CutAnywhere_IsMalformed()
    {
        byte[] whole = Frames.Gzip(Sized(5000));
        for (int length = 1; length < whole.Length; length++)
        {
            using PooledBuffer inflated = new();
            ReadOnlySequence<byte> cut = new(whole.AsMemory(0, length));

            RpcException refused = Assert.Throws<RpcException>(
                () => GzipCodec.Inflate(cut, inflated, limit: null, StatusCode.Internal));

            Assert.Equal(StatusCode.Internal, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Inflate_WhatWasDeflated_IsTheSame(int length)
    {
        byte[] message = new byte[length];
        using PooledBuffer deflated = new();
        using PooledBuffer inflated = new();
        GzipCodec.Deflate(message, deflated, CompressionLevel.Fastest);

        GzipCodec.Inflate(new ReadOnlySequence<byte>(deflated.Memory), inflated, length, StatusCode.Internal);

        Assert.Equal(message, inflated.Memory.ToArray());
    }

    [Fact]
    public void Dispose_BytesWrittenButNotCounted_AreZeroed()
    {
        PooledBuffer buffer = new();
        Memory<byte> written = buffer.GetMemory(100)[..100];
        written.Span.Fill(7);

        buffer.Dispose();

        Assert.Equal(new byte[100], written.ToArray());
    }

    [Fact]
    public async Task Encoding_NotReallyGzip_IsInternal()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Unary", ContentType, Frames.Frame([1, 2, 3, 4], flag: 1), ("grpc-encoding", "gzip"));

        Assert.Equal("13", answer.Code);
    }

    [Theory]
    [InlineData("gzip", "identity,gzip", "echo", 1)]
    [InlineData("gzip", "identity", "echo", 0)]
    [InlineData("gzip", "gzip", "nocompress", 0)]
    [InlineData(null, "gzip", "echo", 0)]
    public async Task Answer_IsCompressed_OnlyIfBothSidesWant(
        string? algorithm, string accepted, string behavior, int flag)
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = algorithm);
        byte[] request = Frames.Frame(
            new ProbeRequest { Behavior = behavior, Payload = ByteString.CopyFrom(new byte[1000]) });

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Unary", ContentType, request, ("grpc-accept-encoding", accepted));

        (byte seen, byte[] payload) = Assert.Single(Frames.Split(answer.Body));
        Assert.Equal(flag, seen);
        Assert.Equal(1000, ProbeReply.Parser.ParseFrom(flag == 1 ? Frames.Gunzip(payload) : payload).Payload.Length);
    }

    [Fact]
    public async Task Client_CompressedBothWays_IsUnderstood()
    {
        await using ProbeServer server =
            await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        Metadata headers = new() { { "grpc-internal-encoding-request", "gzip" } };
        ProbeRequest request = new() { Behavior = "echo", Payload = ByteString.CopyFrom(new byte[100_000]) };

        ProbeReply reply = await server.Client.UnaryAsync(request, headers);

        Assert.Equal(request.Payload, reply.Payload);
    }

    [Fact]
    public async Task Client_AnswerOverItsLimit_IsResourceExhausted()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(
            server.Http2, new GrpcChannelOptions { MaxReceiveMessageSize = 100 });

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Probe.ProbeClient(channel).UnaryAsync(new ProbeRequest { Behavior = "size", Count = 200 }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    // A request message of exactly so many bytes.
    private static byte[] Sized(int size)
    {
        byte[] probe = new ProbeRequest { Payload = ByteString.CopyFrom(new byte[size - 10]) }.ToByteArray();
        byte[] exact = new ProbeRequest { Payload = ByteString.CopyFrom(new byte[size - 10 + (size - probe.Length)]) }
            .ToByteArray();
        Assert.Equal(size, exact.Length);
        return exact;
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Linkage.Sidecar.Tests.Transport.Contract;
using Linkage.Sidecar.Transport.Wire;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Transport;

public sealed class StatusTests
{
    [Fact]
    public async Task Codes_AllSixteen_SurviveWithMessageAndTrailers()
    {
        const string Detail = "100 % of\nlines\tand 🐝 ä";
        await using ProbeServer server = await ProbeServer.StartAsync();
        for (int code = 1; code <= 16; code++)
        {
            ProbeRequest request = new() { Behavior = "fail", Count = code, Text = Detail };

            RpcException failure = await Assert.ThrowsAsync<RpcException>(
                async () => await server.Client.UnaryAsync(request));

            Assert.Equal((StatusCode)code, failure.StatusCode);
            Assert.Equal(Detail, failure.Status.Detail);
            Assert.Equal("because", failure.Trailers.GetValue("why"));
            Assert.Equal([0, 255, 7], failure.Trailers.GetValueBytes("proof-bin"));
        }
    }

    [Fact]
    public async Task Detail_LongAndOutsideAscii_IsCutByWhatTravels()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        string detail = string.Concat(Enumerable.Repeat("🐝", 3000));
        ProbeRequest request = new() { Behavior = "fail", Count = 5, Text = detail };

        RawAnswer answer = await Frames.PostAsync(
            server.Http, "Unary", "application/grpc", Frames.Frame(request));

        string message = answer.Headers["grpc-message"];
        Assert.Equal("5", answer.Code);
        Assert.InRange(message.Length, 4096 - 12, 4096);
        Assert.All(PercentCoding.Decode(message).EnumerateRunes(), letter => Assert.Equal(new Rune(0x1F41D), letter));
    }

    [Fact]
    public async Task Failure_AfterMessages_KeepsThemAndTheStatus()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncServerStreamingCall<ProbeReply> call =
            server.Client.Download(new ProbeRequest { Behavior = "fail", Count = 3 });
        int count = 0;

        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (ProbeReply reply in call.ResponseStream.ReadAllAsync())
            {
                count++;
            }
        });

        Assert.Equal(3, count);
        Assert.Equal(StatusCode.DataLoss, failure.StatusCode);
        Assert.Equal("because", failure.Trailers.GetValue("why"));
    }

    [Fact]
    public async Task Status_SetOnTheContext_IsSent()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(new ProbeRequest { Behavior = "status" }));

        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
        Assert.Equal("by status", failure.Status.Detail);
    }

    [Fact]
    public async Task Crash_ByDefault_TellsTheCallerNothingAndTheLogNoMessage()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(new ProbeRequest { Behavior = "crash" }));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.Equal("Exception was thrown by handler.", failure.Status.Detail);
        Assert.Contains(server.Log.Lines, line => line.Level == LogLevel.Error
            && line.Text.Contains("InvalidDataException", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crash_DetailedErrors_NamesTheException()
    {
        await using ProbeServer server = await ProbeServer.StartAsync(options => options.EnableDetailedErrors = true);

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(new ProbeRequest { Behavior = "crash" }));

        Assert.Contains("InvalidDataException: the secret", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    public async Task NullMessage_Unary_IsAnError(string behavior)
    {
        await using ProbeServer server = await ProbeServer.StartAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryAsync(new ProbeRequest { Behavior = behavior }));

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    [Fact]
    public async Task NullMessage_InAStream_IsAnError()
    {
        await using ProbeServer server = await ProbeServer.StartAsync();
        using AsyncServerStreamingCall<ProbeReply> call =
            server.Client.Download(new ProbeRequest { Behavior = "null" });

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
    }

    [Fact]
    public void Default_Status_HasAnEmptyDetail()
    {
        Assert.Equal(string.Empty, default(Status).Detail);
        Assert.Equal(StatusCode.OK, default(Status).StatusCode);
    }

    [Fact]
    public void PercentCoding_AnyText_ComesBackAndIsPrintable()
    {
        Prop.ForAll<NonNull<string>>(text =>
        {
            string valid = new([.. text.Get.Where(letter => !char.IsSurrogate(letter))]);
            string encoded = PercentCoding.Encode(valid);
            return PercentCoding.Decode(encoded) == valid && encoded.All(letter => letter is >= ' ' and <= '~');
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a%", "a%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%41%", "A%")]
    public void PercentCoding_BrokenEscape_StaysAsItIs(string text, string expected)
    {
        Assert.Equal(expected, PercentCoding.Decode(text));
    }
}

using Google.Protobuf;
using Grpc.Core;
using Linkage.Sidecar.Interop.Contract;

namespace Linkage.Sidecar.Interop;

/// <summary>Answers as grpc/grpc, doc/interop-test-descriptions.md asks of a server.</summary>
internal sealed class InteropService : TestService.TestServiceBase
{
    private const string EchoInitial = "x-grpc-test-echo-initial";
    private const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        EchoStatus(request.ResponseStatus);
        CheckCompression(request.ExpectCompressed, context);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        EchoStatus(request.ResponseStatus);
        await AnswerAsync(request, responseStream, context);
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        int size = 0;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            CheckCompression(requestStream.Current.ExpectCompressed, context);
            size += requestStream.Current.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = size };
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            EchoStatus(requestStream.Current.ResponseStatus);
            await AnswerAsync(requestStream.Current, responseStream, context);
        }
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        foreach (ResponseParameters asked in request.ResponseParameters)
        {
            await Task.Delay(TimeSpan.FromMicroseconds(asked.IntervalUs), context.CancellationToken);
            await responseStream.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(asked.Size) });
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue(EchoInitial) is { } initial)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { EchoInitial, initial } });
        }

        if (context.RequestHeaders.GetValueBytes(EchoTrailing) is { } trailing)
        {
            context.ResponseTrailers.Add(EchoTrailing, trailing);
        }
    }

    private static void EchoStatus(EchoStatus? status)
    {
        if (status is { Code: not 0 })
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    // A call names its encoding once; that each compressed message is flagged is the transport's concern.
    private static void CheckCompression(BoolValue? expected, ServerCallContext context)
    {
        string? encoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
        if (expected is { Value: true } && encoding is null or "identity")
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The message is not compressed."));
        }
    }

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };
}

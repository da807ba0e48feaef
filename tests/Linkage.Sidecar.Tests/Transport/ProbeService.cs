using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Linkage.Sidecar.Tests.Transport.Contract;
using Status = Grpc.Core.Status;

namespace Linkage.Sidecar.Tests.Transport;

/// <summary>Does what the request asks for, and remembers what it saw.</summary>
internal sealed class ProbeService(ProbeMemory memory) : Probe.ProbeBase
{
    public override async Task<ProbeReply> Unary(ProbeRequest request, ServerCallContext context)
    {
        memory.Calls.Add(context);
        switch (request.Behavior)
        {
            case "echo":
                return new ProbeReply { Payload = request.Payload, Number = request.Number, Text = request.Text };
            case "who":
                return new ProbeReply { Text = $"{context.Peer} {Identity(context.AuthContext)}" };
            case "size":
                return new ProbeReply { Payload = ByteString.CopyFrom(new byte[request.Count]) };
            case "fail":
                throw new RpcException(new Status((StatusCode)request.Count, request.Text), Trailers());
            case "details":
                throw new RpcException(new Status(StatusCode.NotFound, "none"), Details());
            case "crash":
                throw new InvalidDataException("the secret of the handler");
            case "null":
                return null!;
            case "metadata":
                return await EchoMetadata(context);
            case "badtrailer":
                context.ResponseTrailers.Add("bad", "ä");
                context.ResponseTrailers.Add("good", "yes");
                return new ProbeReply();
            case "ignore":
                await memory.Release.Task;
                return new ProbeReply();
            case "trailers":
                return await ChurnTrailers(context);
            case "nocompress":
                context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
                return new ProbeReply { Payload = request.Payload };
            case "status":
                context.Status = new Status(StatusCode.Aborted, "by status");
                return new ProbeReply();
            default:
                await WaitForCancellation(context);
                return new ProbeReply();
        }
    }

    public override async Task<ProbeReply> Upload(
        IAsyncStreamReader<ProbeRequest> requestStream, ServerCallContext context)
    {
        memory.Calls.Add(context);
        ProbeReply reply = new();
        try
        {
            while (await requestStream.MoveNext(CancellationToken.None))
            {
                if (requestStream.Current.Behavior == "stop")
                {
                    break;
                }

                reply.Count++;
                reply.Number += requestStream.Current.Payload.Length;
            }
        }
        catch (OperationCanceledException)
        {
            memory.Cancelled.TrySetResult();
            throw;
        }

        return reply;
    }

    public override async Task Download(
        ProbeRequest request, IServerStreamWriter<ProbeReply> responseStream, ServerCallContext context)
    {
        memory.Calls.Add(context);
        try
        {
            if (request.Behavior == "twice")
            {
                await WriteTwice(responseStream);
                return;
            }

            if (request.Behavior == "hint")
            {
                responseStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
            }

            for (int i = 0; i < request.Count || request.Behavior == "endless"; i++)
            {
                memory.Written = i;
                await responseStream.WriteAsync(new ProbeReply { Count = i, Payload = request.Payload });
            }

            switch (request.Behavior)
            {
                case "fail":
                    throw new RpcException(new Status(StatusCode.DataLoss, "half way"), Trailers());
                case "null":
                    await responseStream.WriteAsync(null!);
                    break;
                case "wait":
                    await WaitForCancellation(context);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            memory.Cancelled.TrySetResult();
            throw;
        }
    }

    public override async Task Chat(
        IAsyncStreamReader<ProbeRequest> requestStream,
        IServerStreamWriter<ProbeReply> responseStream,
        ServerCallContext context)
    {
        memory.Calls.Add(context);
        await foreach (ProbeRequest request in requestStream.ReadAllAsync())
        {
            await responseStream.WriteAsync(new ProbeReply { Number = request.Number, Payload = request.Payload });
        }
    }

    private static Metadata Trailers() => new() { { "why", "because" }, { "proof-bin", [0, 255, 7] } };

    // A google.rpc.Status by hand: code 5, and one detail in field 3.
    private static Metadata Details()
    {
        byte[] detail = Any.Pack(new ProbeReply { Count = 7 }).ToByteArray();
        return new() { { "grpc-status-details-bin", [8, 5, 26, (byte)detail.Length, .. detail] } };
    }

    private static string Identity(AuthContext caller) =>
        caller.IsPeerAuthenticated ? Assert.Single(caller.PeerIdentity).Value : "nobody";

    private static async Task<ProbeReply> EchoMetadata(ServerCallContext context)
    {
        Metadata headers = [];
        foreach (Metadata.Entry entry in context.RequestHeaders.Where(
            entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(headers);
        return new ProbeReply { Text = string.Join(' ', context.RequestHeaders.Select(entry => entry.Key)) };
    }

    private static async Task WriteTwice(IServerStreamWriter<ProbeReply> stream)
    {
        // More than the flow-control window, so that the first write cannot have ended before the second begins.
        ProbeReply large = new() { Payload = ByteString.CopyFrom(new byte[3 << 20]) };
        Task first = stream.WriteAsync(large);
        try
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.WriteAsync(large));
        }
        finally
        {
            await first;
        }
    }

    // Never idle and deaf to its token: what the end of a call may meet at any step.
    private async Task<ProbeReply> ChurnTrailers(ServerCallContext context)
    {
        await Task.Yield();
        Metadata.Entry entry = new("x-many", "1");
        while (!memory.Release.Task.IsCompleted)
        {
            context.ResponseTrailers.Add(entry);
            if (context.ResponseTrailers.Count == 200)
            {
                context.ResponseTrailers.Clear();
            }
        }

        return new ProbeReply();
    }

    private async Task WaitForCancellation(ServerCallContext context)
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            memory.Cancelled.TrySetResult();
            throw;
        }
    }
}

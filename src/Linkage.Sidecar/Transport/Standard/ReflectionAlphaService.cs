using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Current = Grpc.Reflection.V1;

namespace Linkage.Sidecar.Transport.Standard;

/// <summary>Reflection, version 1 alpha, which older tools ask. Its messages have the same bytes as those of version
/// 1.</summary>
internal sealed class ReflectionAlphaService(ReflectionAnswers answers) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (ServerReflectionRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Current.ServerReflectionResponse answer = answers.Answer(
                Current.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()));
        }
    }
}

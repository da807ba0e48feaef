using System.Security.Cryptography;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;
using Client = Linkage.V1.EncodingService.EncodingServiceClient;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>Messages and calls that many tests make.</summary>
internal static class OwnerCalls
{
    public const string FileName = "health.lke";
    public const string MapName = "health.map.csv";

    public static EncodeStart Start(string party = "health") => new()
    {
        IdempotencyKey = RandomNumberGenerator.GetHexString(32),
        Schema = OwnerFolder.SchemaName,
        Key = OwnerFolder.KeyName,
        Party = party,
        Destination = new EncodeDestination { FileName = $"{party}.lke" },
    };

    public static SourceRecord Named(string id, params ReadOnlySpan<string> values)
    {
        SourceRecord record = new() { SourceId = id };
        for (int i = 0; i < values.Length; i++)
        {
            record.Fields[OwnerFolder.Schema.Fields[i].Name] = values[i];
        }

        return record;
    }

    public static SourceRecord Named(int number) => Named($"id{number}", OwnerFolder.Person(number));

    /// <summary>Some people, numbered like their records.</summary>
    public static EncodeRecords Records(int first, int count)
    {
        EncodeRecords records = new() { FirstRecord = first };
        records.Records.Add(Enumerable.Range(first, count).Select(Named));
        return records;
    }

    public static async Task<EncodedFileSummary> EncodeAsync(
        Client client, EncodeStart start, params EncodeRecords[] messages)
    {
        using AsyncClientStreamingCall<EncodeRequest, EncodeResponse> call = client.Encode();
        try
        {
            await SendAsync(call.RequestStream, start, messages);
        }
        catch (Exception failure) when (
            failure is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The server ended the call before it had all: its answer says why.
            return (await call.ResponseAsync).File;
        }

        return (await call.ResponseAsync).File;
    }

    /// <summary>The error of a call that has to fail, as its details have it.</summary>
    public static async Task<RpcException> FailureAsync(Func<Task> call) =>
        await Assert.ThrowsAsync<RpcException>(call);

    /// <summary>What a failed call says in its details.</summary>
    public static Google.Rpc.Status DetailsOf(RpcException failure) => Google.Rpc.Status.Parser.ParseFrom(
        failure.Trailers.GetValueBytes(Refusals.DetailsTrailer)
        ?? throw new InvalidOperationException("The error has no details."));

    /// <summary>The reason of a failed call.</summary>
    public static string ReasonOf(RpcException failure) => Detail<Google.Rpc.ErrorInfo>(failure).Reason;

    /// <summary>The one wrong field that a failed call names.</summary>
    public static string FieldOf(RpcException failure) =>
        Assert.Single(Detail<Google.Rpc.BadRequest>(failure).FieldViolations).Field;

    private static T Detail<T>(RpcException failure)
        where T : Google.Protobuf.IMessage<T>, new() =>
        Assert.Single(DetailsOf(failure).Details, any => any.Is(new T().Descriptor)).Unpack<T>();

    private static async Task SendAsync(
        IClientStreamWriter<EncodeRequest> requests, EncodeStart start, EncodeRecords[] messages)
    {
        await requests.WriteAsync(new EncodeRequest { Start = start });
        long count = 0;
        foreach (EncodeRecords records in messages)
        {
            await requests.WriteAsync(new EncodeRequest { Records = records });
            count = Math.Max(count, records.FirstRecord + records.Records.Count);
        }

        await requests.WriteAsync(new EncodeRequest { Finish = new EncodeFinish { RecordCount = count } });
        await requests.CompleteAsync();
    }
}

using Google.Protobuf;
using Grpc.Core;
using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Asks a unit which parties know a client: plaintext comes in, its encoding goes out. Thread-safe.</summary>
/// <remarks>The record lives in the memory of one call. What leaves is an encoded file of one record.</remarks>
/// <param name="encoders">Lends encoders.</param>
/// <param name="uploader">Knows what a target must be.</param>
/// <param name="find">The way to a unit of the configuration by its name; null if it has none such.</param>
internal sealed class FindCalls(LookupEncoders encoders, UnitUploader uploader, Func<string, UnitRoute?> find)
{
    // A caseworker waits: a unit that has not answered by then will not.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Asks.</summary>
    /// <param name="request">The question.</param>
    /// <param name="deadline">Until when the client waits.</param>
    /// <param name="cancellation">Is set when it waits no longer.</param>
    /// <exception cref="RpcException">
    /// The question is wrong, a file cannot be used, the unit cannot be reached, or no party may answer.
    /// </exception>
    public async Task<FindClientResponse> FindAsync(
        FindClientRequest request, DateTime deadline, CancellationToken cancellation)
    {
        FindChecks.Require(request);
        uploader.CheckTarget(request.Target, "target");
        UnitRoute route = find(request.Target.Unit) ?? throw OwnerError.UnitUnreachable();
        LookupMaterial material = new(request.Schema, request.Key, request.Party, request.Columns);
        byte[] record = await encoders.UseAsync(
            material, (layout, encoder) => Encode(request, layout, encoder), cancellation);
        LookupResponse answer = await AskAsync(route, request, record, deadline, cancellation);
        if (!FindChecks.IsAnswer(answer, request))
        {
            throw OwnerError.BadAnswer();
        }

        FindClientResponse response = new() { AuditSequence = answer.AuditSequence };
        response.Answers.Add(answer.Answers);
        return response;
    }

    private static byte[] Encode(FindClientRequest request, RecordLayout layout, RecordEncoder encoder)
    {
        string?[] values = new string?[layout.FieldCount];
        layout.Read(request.Fields, values);
        using EncodedMessageWriter writer = new(encoder);
        writer.Add(values);
        Array.Clear(values);
        (byte[] content, _) = writer.Complete();
        using EncodedFile file = EncodedFile.Read(content, "record");
        if (file.Passes.All(pass => pass.RowCount == 0))
        {
            // It could be found nowhere, and "nobody knows the client" would be a wrong answer.
            throw OwnerError.BadField("fields", "are too few to look anybody up by: the schema has no pass for them");
        }

        return content;
    }

    private static async Task<LookupResponse> AskAsync(
        UnitRoute route, FindClientRequest request, byte[] record, DateTime deadline, CancellationToken cancellation)
    {
        LookupRequest question = new()
        {
            ProjectId = request.Target.ProjectId,
            Purpose = request.Purpose,
            CaseReference = request.CaseReference,
            EncodedRecord = UnsafeByteOperations.UnsafeWrap(record), // the array is nobody else's
            Explain = request.Explain,
        };
        question.Parties.Add(request.Parties);
        try
        {
            return await new LookupService.LookupServiceClient(route.Calls).LookupAsync(
                question, route.Until(deadline, LongestWait, cancellation));
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw LookupRefusals.ErrorOf(failure);
        }
    }
}

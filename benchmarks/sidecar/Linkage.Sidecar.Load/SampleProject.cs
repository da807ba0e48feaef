using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Bloom.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>A project whose parties all have approved.</summary>
internal static class SampleProject
{
    /// <summary>Makes one for the parties of some files.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateAsync(
        GrpcChannel channel, string home, string schema, IReadOnlyList<string> files)
    {
        ProjectService.ProjectServiceClient unit = new(channel);
        EncodedFileHeader[] headers = [.. files.Select(HeaderOf)];
        string[] parties = [.. headers.Select(header => header.Party)];
        Metadata analyst = Connections.Token(home, "analyst");
        string id = (await unit.CreateProjectAsync(
            new CreateProjectRequest { IdempotencyKey = NewKey(), Name = "load" }, analyst)).Project.Id;
        foreach (string party in parties)
        {
            await unit.InvitePartyAsync(
                new InvitePartyRequest { IdempotencyKey = NewKey(), ProjectId = id, Party = party }, analyst);
        }

        ProposeTermsRequest proposal = new()
        {
            IdempotencyKey = NewKey(),
            ProjectId = id,
            Terms = TermsOf(headers[0], await File.ReadAllTextAsync(schema)),
        };
        Metadata first = Connections.Token(home, parties[0]);
        string digest = (await unit.ProposeTermsAsync(proposal, first)).Project.Terms.Digest;
        foreach (string party in parties)
        {
            await unit.ApproveTermsAsync(
                new ApproveTermsRequest { ProjectId = id, TermsDigest = digest },
                Connections.Token(home, party));
        }

        return id;
    }

    private static EncodedFileHeader HeaderOf(string path)
    {
        using var file = EncodedFile.Open(path);
        return file.Header;
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Terms TermsOf(EncodedFileHeader header, string schema) => new()
    {
        EncodingFingerprint = header.Schema.EncodingFingerprint,
        LinkageFingerprint = header.Schema.LinkageFingerprint,
        SchemaText = schema,
        KeyProject = header.Project,
        KeyId = header.KeyId,
        Epoch = header.Epoch,
        CheckValue = header.CheckValue,
        Model = new ModelPolicy { Estimate = new EstimateModel() },
        OutputType = OutputType.OwnLinkIds,
    };
}

using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Bloom.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>A project of two parties that both have approved.</summary>
internal static class SampleProject
{
    /// <summary>Makes one for the parties of two files.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateAsync(GrpcChannel channel, LoadOptions options)
    {
        ProjectService.ProjectServiceClient unit = new(channel);
        using var large = EncodedFile.Open(options.Large);
        using var small = EncodedFile.Open(options.Small);
        string[] parties = [large.Header.Party, small.Header.Party];
        Metadata analyst = Connections.Token(options.Home, "analyst");
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
            Terms = TermsOf(large.Header, await File.ReadAllTextAsync(options.Schema)),
        };
        Metadata first = Connections.Token(options.Home, parties[0]);
        string digest = (await unit.ProposeTermsAsync(proposal, first)).Project.Terms.Digest;
        foreach (string party in parties)
        {
            await unit.ApproveTermsAsync(
                new ApproveTermsRequest { ProjectId = id, TermsDigest = digest },
                Connections.Token(options.Home, party));
        }

        return id;
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

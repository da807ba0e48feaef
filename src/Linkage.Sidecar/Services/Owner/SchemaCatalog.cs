using Linkage.Bloom.Schemas;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The schemas of the server's directory.</summary>
internal sealed class SchemaCatalog(OwnerFiles files)
{
    private const int UsualPage = 100;
    private const int LargestPage = 1000;

    /// <summary>A page of schemas; files that hold none are passed over.</summary>
    public ListSchemasResponse List(ListSchemasRequest request)
    {
        if (request.PageSize is < 0 or > LargestPage)
        {
            throw OwnerError.BadField("page_size", "must be 1 to 1,000, or 0 for 100");
        }

        if (request.PageToken.Length > 0 && !OwnerFiles.IsName(request.PageToken))
        {
            throw OwnerError.BadPageToken();
        }

        int size = request.PageSize == 0 ? UsualPage : request.PageSize;
        ListSchemasResponse page = new();
        foreach (string name in files.ListSchemas())
        {
            if (string.CompareOrdinal(name, request.PageToken) <= 0 || !TryRead(name, out SchemaSummary? summary))
            {
                continue;
            }

            if (page.Schemas.Count == size)
            {
                page.NextPageToken = page.Schemas[^1].Name;
                break;
            }

            page.Schemas.Add(summary);
        }

        return page;
    }

    /// <summary>A schema with its text.</summary>
    public GetSchemaResponse Get(GetSchemaRequest request)
    {
        (LinkageSchema schema, string text) = OwnerMaterial.ReadSchema(files.Schema(request.Name, "name"));
        return new GetSchemaResponse { Schema = Summarize(request.Name, schema), Text = text };
    }

    private static SchemaSummary Summarize(string name, LinkageSchema schema) => new()
    {
        Name = name,
        EncodingFingerprint = schema.EncodingFingerprint,
        LinkageFingerprint = schema.LinkageFingerprint,
    };

    private bool TryRead(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SchemaSummary? summary)
    {
        try
        {
            summary = Summarize(name, OwnerMaterial.ReadSchema(files.Schema(name, "name")).Schema);
            return true;
        }
        catch (Grpc.Core.RpcException)
        {
            // No schema, or gone meanwhile: GetSchema says what is wrong with it.
            summary = null;
            return false;
        }
    }
}

using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Reads schemas and keys, and says what is wrong with them without quoting them.</summary>
internal static class OwnerMaterial
{
    private const int LongestSchema = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a schema and its text.</summary>
    /// <exception cref="Grpc.Core.RpcException">It cannot be used.</exception>
    public static (LinkageSchema Schema, string Text) ReadSchema(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestSchema)
            {
                throw OwnerError.Unusable("schema", "it is too long");
            }

            byte[] content = File.ReadAllBytes(path);
            return (LinkageSchema.Parse(content), Strict.GetString(content));
        }
        catch (LinkageSchemaException wrong)
        {
            // The library names the place and quotes no record.
            throw OwnerError.Unusable("schema", wrong.Message);
        }
        catch (DecoderFallbackException)
        {
            throw OwnerError.Unusable("schema", "it is not UTF-8");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OwnerError.Unusable("schema", "it cannot be read");
        }
    }

    /// <summary>Reads a key; the caller disposes it.</summary>
    /// <exception cref="Grpc.Core.RpcException">It cannot be used.</exception>
    public static LinkageKey ReadKey(string path)
    {
        try
        {
            return LinkageKey.Load(path);
        }
        catch (FormatException)
        {
            throw OwnerError.Unusable("key", "it is not a whole key file of the format linkage-key/1");
        }
        catch (UnauthorizedAccessException)
        {
            throw OwnerError.Unusable("key", "others than the process may read it, or the process may not");
        }
        catch (IOException)
        {
            throw OwnerError.Unusable("key", "it cannot be read");
        }
    }
}

using System.Security.Cryptography;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>An encoded file that is being sent: open, and known to be what its header says.</summary>
internal sealed class OutgoingFile : IAsyncDisposable
{
    private readonly FileStream _content;

    private OutgoingFile(FileStream content, EncodingFacts facts, string sha256)
    {
        _content = content;
        Facts = facts;
        Sha256 = sha256;
        Size = content.Length;
    }

    /// <summary>What the header says of key, schema and owner.</summary>
    public EncodingFacts Facts { get; }

    /// <summary>SHA-256 of the content: 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Length in bytes.</summary>
    public long Size { get; }

    /// <summary>Opens a file and checks it whole.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is no whole encoded file, or changed meanwhile.</exception>
    public static async Task<OutgoingFile> OpenAsync(string path, CancellationToken cancellation)
    {
        FileStream content = new(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);
        try
        {
            EncodingFacts facts = await Task.Run(() => ReadFacts(path), cancellation);
            byte[] sha256 = await SHA256.HashDataAsync(content, cancellation);
            // A file that took this one's place would be sent under facts that are not its own.
            byte[] now = await FileChecksum.ComputeAsync(path, cancellation);
            return sha256.SequenceEqual(now)
                ? new OutgoingFile(content, facts, Convert.ToHexStringLower(sha256))
                : throw OwnerError.NameInUse();
        }
        catch (FileNotFoundException)
        {
            await content.DisposeAsync();
            throw OwnerError.NameInUse();
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a part of the content.</summary>
    public async Task<byte[]> ReadAsync(long offset, int length, CancellationToken cancellation)
    {
        byte[] data = new byte[length];
        _content.Position = offset;
        await _content.ReadExactlyAsync(data, cancellation);
        return data;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private static EncodingFacts ReadFacts(string path)
    {
        try
        {
            using EncodedFile file = EncodedFile.Open(path);
            return EncodedSummaries.FactsOf(file.Header);
        }
        catch (FormatException)
        {
            throw OwnerError.Unusable("encoded file", "it is damaged, or none");
        }
    }
}

using System.Runtime.InteropServices;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>Looks for pieces of 16 bytes of some contents in every file of a folder.</summary>
internal sealed class Canary
{
    private const int PieceLength = 16;
    private const int LeastDifferent = 8;

    private readonly HashSet<UInt128> _pieces = [];

    /// <summary>Adds every piece of a content; those of few different bytes are everywhere and tell nothing.</summary>
    public Canary Add(ReadOnlySpan<byte> content)
    {
        for (int i = 0; i + PieceLength <= content.Length; i++)
        {
            ReadOnlySpan<byte> piece = content.Slice(i, PieceLength);
            if (HasMany(piece))
            {
                _pieces.Add(MemoryMarshal.Read<UInt128>(piece));
            }
        }

        return this;
    }

    /// <summary>The files, by name, in which a piece is.</summary>
    public string[] FindIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => IsIn(ReadShared(path)))
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal),
    ];

    private static bool HasMany(ReadOnlySpan<byte> piece)
    {
        int different = 0;
        for (int i = 0; i < piece.Length; i++)
        {
            different += piece[..i].Contains(piece[i]) ? 0 : 1;
        }

        return different >= LeastDifferent;
    }

    private static byte[] ReadShared(string path)
    {
        if (Path.GetFileName(path) == "store.lock")
        {
            return [];
        }

        using FileStream file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private bool IsIn(ReadOnlySpan<byte> content)
    {
        for (int i = 0; i + PieceLength <= content.Length; i++)
        {
            if (_pieces.Contains(MemoryMarshal.Read<UInt128>(content.Slice(i, PieceLength))))
            {
                return true;
            }
        }

        return false;
    }
}

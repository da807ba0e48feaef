using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Linkage.Bloom.Storage;

/// <summary>A plain file, mapped read-only.</summary>
internal sealed class FileSource : ByteSource
{
    private readonly FileStream _stream;
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;

    /// <summary>Takes a file over.</summary>
    /// <param name="stream">Open for reading; closed when this is disposed.</param>
    public FileSource(FileStream stream)
    {
        _stream = stream;
        Length = stream.Length;
    }

    public override long Length { get; }

    public static void ReadExactly(SafeFileHandle file, Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            destination = destination[read..];
            offset += read;
        }
    }

    public override void ReadExactly(Span<byte> destination, long offset) =>
        ReadExactly(_stream.SafeFileHandle, destination, offset);

    public override void Attach()
    {
        _file = MemoryMappedFile.CreateFromFile(
            _stream,
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: true);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        IsMappedAt(_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)_view.PointerOffset);
    }

    protected override void Release()
    {
        _view?.Dispose();
        _file?.Dispose();
        _stream.Dispose();
    }
}

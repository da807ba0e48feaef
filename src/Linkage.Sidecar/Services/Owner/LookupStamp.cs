using Grpc.Core;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The state of the files that a material names.</summary>
internal readonly record struct LookupStamp(FileStamp Schema, FileStamp Key, FileStamp Columns)
{
    /// <summary>Looks at the files.</summary>
    /// <exception cref="RpcException">One of them is not there, or cannot be looked at.</exception>
    public static LookupStamp Of(OwnerFiles files, LookupMaterial material)
    {
        string schema = files.Schema(material.Schema, "schema");
        string key = files.Key(material.Key, "key");
        string? columns = material.Columns.Length == 0 ? null : files.Columns(material.Columns, "columns");
        try
        {
            return new LookupStamp(
                FileStamp.Of(schema), FileStamp.Of(key), columns is null ? default : FileStamp.Of(columns));
        }
        catch (Exception fault) when (OwnerIo.IsFault(fault))
        {
            throw OwnerIo.ErrorOf(fault);
        }
    }

    /// <summary>Whether the files are still as they were.</summary>
    public bool IsCurrent(OwnerFiles files, LookupMaterial material)
    {
        try
        {
            return Of(files, material) == this;
        }
        catch (RpcException)
        {
            return false; // gone: whoever asks for it next is told so
        }
    }
}

namespace Linkage.Sidecar.Storage;

/// <summary>What the store holds on disk is not what it wrote; the message names the file.</summary>
internal sealed class StoreDamagedException : IOException
{
    public StoreDamagedException(string message)
        : base(message)
    {
    }

    public StoreDamagedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

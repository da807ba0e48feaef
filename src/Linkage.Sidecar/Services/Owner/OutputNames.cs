namespace Linkage.Sidecar.Services.Owner;

/// <summary>Names of files that are being written: a file and its map come from one encoding, never from two.</summary>
internal sealed class OutputNames
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>Takes a name; false if it is taken.</summary>
    public bool TryTake(string name)
    {
        lock (_gate)
        {
            return _names.Add(name);
        }
    }

    /// <summary>Gives a name back.</summary>
    public void Release(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
        }
    }
}

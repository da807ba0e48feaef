using Linkage.Bloom;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Lends encoders to lookups, so that none waits for a schema to be read. Thread-safe.</summary>
/// <remarks>
/// Bounded in kinds and in number. What it holds is wiped at the end of the process, when a file it was made from is
/// replaced or gone, and when nobody asked for it for a while.
/// </remarks>
internal sealed class LookupEncoders : IDisposable
{
    /// <summary>Most materials of which encoders are kept.</summary>
    public const int MostKits = 16;

    private const int MostQuietLooks = 5;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly OwnerFiles _files;
    private readonly Lock _gate = new();
    private readonly Dictionary<LookupMaterial, LookupKit> _kits = [];
#pragma warning disable CA2213 // holds nothing to dispose of, and calls that are still at work give their place back
    private readonly SemaphoreSlim _places = new(Math.Max(2, Environment.ProcessorCount));
#pragma warning restore CA2213
    private readonly ITimer _timer;
    private long _turn;
    private bool _isOver;

    /// <summary>Begins with none.</summary>
    public LookupEncoders(OwnerFiles files, TimeProvider time)
    {
        _files = files;
        _timer = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Number of materials of which encoders are kept.</summary>
    public int KitCount
    {
        get
        {
            lock (_gate)
            {
                return _kits.Count;
            }
        }
    }

    /// <summary>Does some work with an encoder of its own.</summary>
    /// <param name="material">What to encode with.</param>
    /// <param name="work">The work; if it fails, the encoder is wiped.</param>
    /// <param name="cancellation">Stops the waiting for a free encoder.</param>
    /// <exception cref="Grpc.Core.RpcException">A file cannot be used.</exception>
    public async Task<T> UseAsync<T>(
        LookupMaterial material, Func<RecordLayout, RecordEncoder, T> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        RecordEncoder? encoder = null;
        try
        {
            LookupKit kit = KitOf(material);
            encoder = kit.Rent();
            T result = work(kit.Layout, encoder);
            kit.Return(encoder);
            encoder = null;
            return result;
        }
        finally
        {
            encoder?.Dispose();
            _places.Release();
        }
    }

    /// <summary>Wipes all encoders.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer.Dispose();
            foreach (LookupMaterial material in _kits.Keys.ToArray())
            {
                Drop(material);
            }
        }
    }

    private LookupKit KitOf(LookupMaterial material)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_kits.TryGetValue(material, out LookupKit? kit) && kit.Stamp.IsCurrent(_files, material))
            {
                kit.NoteUse(++_turn);
                return kit;
            }

            Drop(material);
            // Looked at before the files are read: if they change meanwhile, the next lookup reads them again.
            kit = LookupKit.Load(_files, material, LookupStamp.Of(_files, material));
            kit.NoteUse(++_turn);
            MakeRoom();
            _kits.Add(material, kit);
            _timer.Change(LookEvery, Timeout.InfiniteTimeSpan);
            return kit;
        }
    }

    private void MakeRoom()
    {
        while (_kits.Count >= MostKits)
        {
            Drop(_kits.MinBy(one => one.Value.LastUse).Key);
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            foreach ((LookupMaterial material, LookupKit kit) in _kits.ToArray())
            {
                if (++kit.QuietLooks >= MostQuietLooks || !kit.Stamp.IsCurrent(_files, material))
                {
                    Drop(material);
                }
            }

            if (_kits.Count > 0 && !_isOver)
            {
                _timer.Change(LookEvery, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Drop(LookupMaterial material)
    {
        if (_kits.Remove(material, out LookupKit? kit))
        {
            kit.Dispose();
        }
    }
}

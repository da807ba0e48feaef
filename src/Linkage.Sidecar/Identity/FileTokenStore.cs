using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Identity;

/// <summary>Tokens in a file of mode 0600 that commands change and the running process follows.</summary>
/// <remarks>
/// A change is seen within a second. A file that cannot be read fails the call that needed it: no token is taken.
/// </remarks>
internal sealed class FileTokenStore : ITokenStore
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private volatile TokenTable _table;
    private long _looked;
    private (DateTime Written, long Length) _stamp;

    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It is not a file of tokens.</exception>
    public FileTokenStore(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _looked = time.GetTimestamp();
        _stamp = Stamp();
        _table = TokenFile.Read(path);
    }

    /// <inheritdoc/>
    public TokenRecord? Find(ReadOnlySpan<byte> hash)
    {
        Follow();
        return _table.Find(hash);
    }

    /// <inheritdoc/>
    public void Add(TokenRecord token) => Change(table => table.With(token));

    /// <inheritdoc/>
    public bool Revoke(string id, DateTimeOffset moment)
    {
        bool found = false;
        Change(table =>
        {
            TokenTable? changed = table.Revoke(id, moment);
            found = changed is not null;
            return changed ?? table;
        });
        return found;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TokenRecord> List()
    {
        Follow();
        return _table.Records;
    }

    private static void Write(string path, TokenTable table)
    {
        using AtomicFile file = AtomicFile.Create(path, ownerOnly: true, replace: true);
        file.Stream.Write(TokenFile.Format(table));
        file.Commit();
    }

    private static FileStream Lock(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Whoever may open it may hold it, and keep a token from being revoked.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    // Another command may be changing the file: it is read again under a lock that holds between processes.
    private void Change(Func<TokenTable, TokenTable> change)
    {
        lock (_gate)
        {
            using FileStream others = Lock($"{_path}.lock");
            TokenTable changed = change(TokenFile.Read(_path));
            Write(_path, changed);
            _stamp = Stamp();
            _table = changed;
        }
    }

    private void Follow()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_looked) < LookAgain)
            {
                return;
            }

            (DateTime Written, long Length) stamp = Stamp();
            if (stamp != _stamp)
            {
                _table = TokenFile.Read(_path);
                _stamp = stamp;
            }

            _looked = _time.GetTimestamp();
        }
    }

    private (DateTime Written, long Length) Stamp()
    {
        FileInfo file = new(_path);
        return (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
    }
}

using Linkage.Sidecar.Audit;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>What a call is about to do: the transaction that does it notes the entries that the log is owed.</summary>
/// <remarks>
/// It belongs to a flow of calls, so that no store has to be told who asks. The first transaction of the flow is the
/// act; what follows, such as removing files, belongs to it. Thread-safe.
/// </remarks>
internal sealed class PendingAct
{
    private static readonly AsyncLocal<PendingAct?> Ambient = new();

    private readonly AuditOutbox _outbox;
    private readonly Func<object?, IReadOnlyList<AuditEvent>> _describe;
    private readonly Lock _gate = new();
    private AuditEvent[] _events = [];
    private long[] _acts = [];
    private bool _isOver;

    private PendingAct(AuditOutbox outbox, Func<object?, IReadOnlyList<AuditEvent>> describe)
    {
        _outbox = outbox;
        _describe = describe;
    }

    /// <summary>That of this flow of calls; null if there is none.</summary>
    public static PendingAct? Current => Ambient.Value;

    /// <summary>The entries that are owed; none if nothing was done, or they are settled.</summary>
    public IReadOnlyList<AuditEvent> Owed
    {
        get
        {
            lock (_gate)
            {
                return Numbered(_events);
            }
        }
    }

    /// <summary>Entries with the numbers of their acts; as they are, if nothing was done in the store.</summary>
    public IReadOnlyList<AuditEvent> Numbered(IReadOnlyList<AuditEvent> events) =>
        [.. events.Select((entry, place) => place < _acts.Length ? entry.OfAct(_acts[place]) : entry)];

    /// <summary>The entries are on disk.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _outbox.Settle(_acts);
            _events = [];
            _acts = [];
            _isOver = true;
        }
    }

    /// <summary>The call is over: what goes on behind it is not the act.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }

    /// <summary>Leaves what is owed to whoever looks for it.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _outbox.Release(_acts);
            _events = [];
            _acts = [];
            _isOver = true;
        }
    }

    /// <summary>Begins one in this flow of calls.</summary>
    internal static PendingAct Begin(AuditOutbox outbox, Func<object?, IReadOnlyList<AuditEvent>> describe)
    {
        PendingAct act = new(outbox, describe);
        Ambient.Value = act;
        return act;
    }

    /// <summary>Notes the entries in the transaction that does it, unless an earlier one has.</summary>
    /// <returns>Whether they were noted now.</returns>
    internal bool Note(SqliteConnection connection, object? result)
    {
        lock (_gate)
        {
            if (_isOver || _acts.Length > 0)
            {
                return false;
            }

            _events = [.. _describe(result)];
            _acts = [.. _events.Select(entry => _outbox.Owe(connection, entry))];
            return true;
        }
    }

    /// <summary>The transaction that noted them has failed.</summary>
    internal void TakeBack()
    {
        lock (_gate)
        {
            _outbox.Release(_acts);
            _events = [];
            _acts = [];
        }
    }
}

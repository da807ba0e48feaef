using System.Globalization;

namespace Linkage.Sidecar.Audit;

/// <summary>Checks a log from its first entry to its signed head, with the public key alone.</summary>
internal sealed class AuditVerifier
{
    private readonly AuditFolder _folder;
    private readonly AuditKey _key;
    private readonly AuditHead? _kept;
    private readonly List<string> _faults = [];
    private readonly Dictionary<long, string> _hashes = [];

    private AuditVerifier(AuditFolder folder, AuditKey key, AuditHead? kept)
    {
        _folder = folder;
        _key = key;
        _kept = kept;
    }

    /// <summary>Checks a log.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="key">The public key of the unit, as it was handed over.</param>
    /// <param name="kept">A head that was kept elsewhere; null if there is none.</param>
    public static AuditVerdict Verify(AuditFolder folder, AuditKey key, AuditHead? kept) =>
        new AuditVerifier(folder, key, kept).Run();

    private AuditVerdict Run()
    {
        AuditHead? head = ReadHead();
        if (_kept is not null && !_key.HasSigned(_kept))
        {
            _faults.Add("the kept head is not signed by this key");
        }

        long last = ReadChain([head?.Sequence, _kept?.Sequence]);
        CheckHead(head, last);
        CheckKept(last);
        return new AuditVerdict(last, _faults.Count == 0 ? head?.Time : null, _faults);
    }

    // The head is read first: what a running unit appends meanwhile is behind it.
    private AuditHead? ReadHead()
    {
        AuditHead? head = _folder.ReadHead();
        if (head is null)
        {
            _faults.Add("head.json is gone, or is not a head as written");
        }
        else if (!_key.HasSigned(head))
        {
            _faults.Add("head.json is not signed by this key");
        }

        return head;
    }

    private long ReadChain(IReadOnlyList<long?> wanted)
    {
        AuditReader reader = new(_folder);
        long last = 0;
        try
        {
            foreach (AuditRecord record in reader.ReadFrom(1))
            {
                if (wanted.Contains(record.Sequence))
                {
                    _hashes[record.Sequence] = Convert.ToHexStringLower(record.Hash);
                }

                last = record.Sequence;
            }
        }
        catch (AuditDamagedException damage)
        {
            _faults.Add(damage.Message);
        }

        if (reader.TornBytes > 0)
        {
            _faults.Add(Text($"entry {last + 1} is cut off"));
        }

        return last;
    }

    private void CheckHead(AuditHead? head, long last)
    {
        if (head is null || !_key.HasSigned(head))
        {
            return;
        }

        if (last < head.Sequence)
        {
            _faults.Add(Text($"entries {last + 1} to {head.Sequence}, which head.json knows, are gone or unsure"));
        }
        else if (_hashes.GetValueOrDefault(head.Sequence) != head.Hash)
        {
            _faults.Add(Text($"entry {head.Sequence}, or one before it, is not the one that was signed"));
        }
        else if (last > head.Sequence && !IsSignedMeanwhile(last))
        {
            _faults.Add(Text($"entries {head.Sequence + 1} to {last} are not signed"));
        }
    }

    // A running unit has signed by now what was read, or more.
    private bool IsSignedMeanwhile(long last) =>
        _folder.ReadHead() is { } newer && newer.Sequence >= last && _key.HasSigned(newer);

    private void CheckKept(long last)
    {
        if (_kept is null)
        {
            return;
        }

        if (last < _kept.Sequence)
        {
            _faults.Add(Text($"the log ends with entry {last}, but the kept head knows entry {_kept.Sequence}")
                + ": an older log was put in its place, or its end was cut off");
        }
        else if (_hashes.GetValueOrDefault(_kept.Sequence) != _kept.Hash)
        {
            _faults.Add(Text($"entry {_kept.Sequence}, or one before it, is not the one that the kept head knows"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Linkage.Sidecar.Audit;

/// <summary>Reads entries in order and checks the chain on the way.</summary>
internal sealed class AuditReader
{
    private const int BufferLength = 1 << 16;

    private readonly AuditFolder _folder;

    /// <summary>Reads a folder; what is written meanwhile may be seen or not.</summary>
    public AuditReader(AuditFolder folder)
    {
        _folder = folder;
    }

    /// <summary>Bytes of a last line that was not finished, as the last pass over the log found them.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Bytes of whole lines in the last segment, as the last pass over the log found them.</summary>
    public long WholeBytes { get; private set; }

    /// <summary>Reads from the segment that holds a number on.</summary>
    /// <param name="sequence">A number; entries before it in its segment come, too.</param>
    /// <exception cref="AuditDamagedException">An entry is not what was written, or is gone.</exception>
    public IEnumerable<AuditRecord> ReadFrom(long sequence)
    {
        TornBytes = 0;
        WholeBytes = 0;
        long[] firsts = [.. _folder.FirstNumbers()];
        int start = Math.Max(0, Array.FindLastIndex(firsts, first => first <= sequence));
        AuditRecord? last = null;
        for (int i = start; i < firsts.Length; i++)
        {
            string path = _folder.Segment(firsts[i]);
            RequireNumber(path, i == start && start > 0 ? firsts[i] : (last?.Sequence ?? 0) + 1, firsts[i]);
            foreach (AuditRecord record in ReadSegment(path, firsts[i], i == firsts.Length - 1, last))
            {
                last = record;
                yield return record;
            }
        }
    }

    private IEnumerable<AuditRecord> ReadSegment(string path, long first, bool isLast, AuditRecord? before)
    {
        using FileStream file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferLength);
        WholeBytes = 0;
        long expected = first;
        while (ReadLine(file, out bool isWhole) is { } line)
        {
            if (!isWhole)
            {
                TornBytes = isLast && line.Length <= AuditLine.LongestLine
                    ? line.Length
                    : throw Damaged(path, expected, "is cut off");
                yield break;
            }

            AuditRecord record = AuditLine.Read(line) ?? throw Damaged(path, expected, "is not an entry as written");
            RequireNumber(path, expected, record.Sequence);
            RequireChain(path, record, before);
            WholeBytes += line.Length + 1;
            before = record;
            expected++;
            yield return record;
        }
    }

    private static void RequireNumber(string path, long expected, long found)
    {
        if (expected != found)
        {
            throw Damaged(path, expected, string.Create(
                CultureInfo.InvariantCulture, $"is not there; entry {found} is in its place"));
        }
    }

    private static void RequireChain(string path, AuditRecord record, AuditRecord? before)
    {
        bool isKnown = before is not null || record.Sequence == 1;
        ReadOnlySpan<byte> previous = before is null ? AuditChain.Beginning : before.Hash;
        if (isKnown && !previous.SequenceEqual(record.PreviousHash.Span))
        {
            throw Damaged(path, Math.Max(1, record.Sequence - 1), "or the one after it is not what was written");
        }
    }

    private static AuditDamagedException Damaged(string path, long sequence, string fault) => new(
        Path.GetFileName(path), sequence, string.Create(CultureInfo.InvariantCulture, $"entry {sequence} {fault}"));

    // Up to the line feed, which is not part of it; null at the end.
    private static byte[]? ReadLine(FileStream file, out bool isWhole)
    {
        using MemoryStream line = new(capacity: 512);
        int next;
        while ((next = file.ReadByte()) >= 0 && next != '\n' && line.Length <= AuditLine.LongestLine)
        {
            line.WriteByte((byte)next);
        }

        isWhole = next == '\n';
        return line.Length == 0 && !isWhole ? null : line.ToArray();
    }
}

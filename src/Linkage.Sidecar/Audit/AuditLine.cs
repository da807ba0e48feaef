using System.Buffers;
using System.Text.Json;
using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>The one way to write an entry as a line: JSON, all members in one order, no white space.</summary>
internal static class AuditLine
{
    /// <summary>The most characters of a text of an entry; all of them are names, ids and references.</summary>
    public const int LongestText = 512;

    /// <summary>The most bytes of a line.</summary>
    public const int LongestLine = 64 * 1024;

    private const int Version = 1;

    private static readonly (AuditKind Kind, string Word)[] Kinds =
    [
        (AuditKind.Disclosure, "DISCLOSURE"),
        (AuditKind.Refusal, "REFUSAL"),
        (AuditKind.Approval, "APPROVAL"),
        (AuditKind.Decision, "DECISION"),
        (AuditKind.Intake, "INTAKE"),
        (AuditKind.Deletion, "DELETION"),
        (AuditKind.Administration, "ADMINISTRATION"),
        (AuditKind.Alert, "ALERT"),
    ];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>Writes a line, without a line feed.</summary>
    /// <exception cref="ArgumentException">The event has no kind, or a text that is too long to be a name.</exception>
    public static void Write(
        IBufferWriter<byte> target, long sequence, DateTimeOffset time, AuditEvent entry, ReadOnlySpan<byte> previous)
    {
        using Utf8JsonWriter json = new(target);
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteNumber("sequence", sequence);
        json.WriteNumber("time", time.ToUnixTimeMilliseconds());
        json.WriteString("kind", WordOf(entry.Kind));
        foreach ((string name, string text) in TextsOf(entry))
        {
            json.WriteString(name, Checked(name, text));
        }

        json.WriteStartObject("counts");
        foreach ((string name, long number) in entry.Counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(Checked("counts", name), number);
        }

        json.WriteEndObject();
        json.WriteString("previous", Convert.ToHexStringLower(previous));
        json.WriteEndObject();
    }

    /// <summary>Reads a line; only what <see cref="Write"/> would write is one.</summary>
    /// <returns>Null if it is none.</returns>
    public static AuditRecord? Read(ReadOnlyMemory<byte> line)
    {
        AuditRecord? record = ReadLoosely(line);
        if (record is null)
        {
            return null;
        }

        ArrayBufferWriter<byte> again = new(line.Length + 1);
        Write(again, record.Sequence, record.Time, record.Event, record.PreviousHash.Span);
        return again.WrittenSpan.SequenceEqual(line.Span) ? record : null;
    }

    /// <summary>The word of a kind in lines and summaries.</summary>
    /// <exception cref="ArgumentException">It is no kind.</exception>
    public static string WordOf(AuditKind kind) =>
        Array.Find(Kinds, known => known.Kind == kind).Word ?? throw new ArgumentException("An entry needs a kind.");

    private static AuditRecord? ReadLoosely(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Strict);
            JsonElement root = document.RootElement;
            byte[] previous = Convert.FromHexString(TextOf(root, "previous"));
            return root.GetProperty("v").GetInt32() == Version && previous.Length == AuditChain.HashLength
                ? new AuditRecord(
                    root.GetProperty("sequence").GetInt64(),
                    DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("time").GetInt64()),
                    EventOf(root),
                    previous,
                    line)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or ArgumentException)
        {
            return null; // whatever is wrong with it, it is no line
        }
    }

    private static AuditEvent EventOf(JsonElement root) => new()
    {
        Kind = KindOf(TextOf(root, "kind")),
        Action = Checked("action", TextOf(root, "action")),
        Actor = Checked("actor", TextOf(root, "actor")),
        ProjectId = Checked("project", TextOf(root, "project")),
        SubjectParty = Checked("subject", TextOf(root, "subject")),
        CaseReference = Checked("case", TextOf(root, "case")),
        Purpose = Checked("purpose", TextOf(root, "purpose")),
        Clause = Checked("clause", TextOf(root, "clause")),
        AgreementDigest = Checked("agreement", TextOf(root, "agreement")),
        Outcome = Checked("outcome", TextOf(root, "outcome")),
        Counts = root.GetProperty("counts").EnumerateObject()
            .ToDictionary(count => count.Name, count => count.Value.GetInt64()),
    };

    private static (string Name, string Text)[] TextsOf(AuditEvent entry) =>
    [
        ("action", entry.Action),
        ("actor", entry.Actor),
        ("project", entry.ProjectId),
        ("subject", entry.SubjectParty),
        ("case", entry.CaseReference),
        ("purpose", entry.Purpose),
        ("clause", entry.Clause),
        ("agreement", entry.AgreementDigest),
        ("outcome", entry.Outcome),
    ];

    private static AuditKind KindOf(string word)
    {
        AuditKind kind = Array.Find(Kinds, known => known.Word == word).Kind;
        return kind == AuditKind.Unspecified ? throw new FormatException("There is no such kind.") : kind;
    }

    private static string TextOf(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new FormatException("A member is null.");

    private static string Checked(string name, string text) => text.Length <= LongestText
        ? text
        : throw new ArgumentException($"The entry's {name} is too long to be a name.");
}

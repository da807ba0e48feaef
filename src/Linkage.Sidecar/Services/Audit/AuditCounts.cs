using System.Collections;
using Google.Protobuf;
using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>The numbers of an answer that its entry has; no other field of it is looked at.</summary>
internal static class AuditCounts
{
    /// <summary>The name under which the number of records is counted.</summary>
    public const string Records = DisclosureSummary.RecordsCount;

    private static readonly (string Field, string Count)[] Numbers =
    [
        ("total_rows", Records), ("position", "position"), ("removed", Records), ("dropped_rows", "dropped_rows"),
    ];

    private static readonly (string Field, string Count)[] Lengths =
        [("changes", Records), ("links", Records), ("content", "bytes")];

    /// <summary>The numbers of an answer.</summary>
    public static IReadOnlyDictionary<string, long> Of(IMessage? answer)
    {
        Dictionary<string, long> counts = [];
        if (answer is null)
        {
            return counts;
        }

        foreach ((string field, string count) in Numbers)
        {
            if (ValueOf(answer, field) is { } value and (long or int))
            {
                counts[count] = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        foreach ((string field, string count) in Lengths)
        {
            if (LengthOf(ValueOf(answer, field)) is { } length)
            {
                counts.TryAdd(count, length);
            }
        }

        return counts;
    }

    private static object? ValueOf(IMessage answer, string field) =>
        answer.Descriptor.FindFieldByName(field) is { IsMap: false } found ? found.Accessor.GetValue(answer) : null;

    private static long? LengthOf(object? value) => value switch
    {
        ByteString bytes => bytes.Length,
        ICollection many => many.Count,
        _ => null,
    };
}

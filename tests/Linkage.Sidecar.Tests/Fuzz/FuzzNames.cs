using Linkage.V1;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>What a request can speak of: things that exist, and sound messages to start from.</summary>
internal sealed class FuzzNames
{
    /// <summary>Stands for what must never be told again.</summary>
    public const string Canary = "Wilhelmina-Canary-19370211";

    public required IReadOnlyList<string> Projects { get; init; }

    public required IReadOnlyList<string> Uploads { get; init; }

    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Names of callers; the first are parties.</summary>
    public required IReadOnlyList<string> Callers { get; init; }

    public required IReadOnlyList<string> Tokens { get; init; }

    public required Terms Terms { get; init; }

    /// <summary>The announcement of a file that is still on its way.</summary>
    public required BeginUploadRequest Announcement { get; init; }

    /// <summary>The chunks of that file.</summary>
    public required IReadOnlyList<UploadChunkRequest> Chunks { get; init; }

    /// <summary>Few, so that repeated work is found again and what is kept does not grow without end.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["key-of-the-fuzz-1", "key-of-the-fuzz-2", "key-of-the-fuzz-3", "key-of-the-fuzz-4"];

    public static IReadOnlyList<string> OddTexts { get; } =
    [
        string.Empty, " ", "\0", "../../etc/passwd", "a/b", "%00", "né\u00e9\u4e2d\U0001F600", "\u202e\ufeff", "'; --",
        "{}", new string('x', 300), new string('\u00e9', 5000), "-1", "NaN", Canary, Canary, Canary,
    ];
}

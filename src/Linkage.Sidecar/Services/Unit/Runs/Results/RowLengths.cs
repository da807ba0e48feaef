namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>Bytes of the rows of result files; numbers are little-endian.</summary>
internal static class RowLengths
{
    /// <summary>A handle or a link id.</summary>
    public const int Id = 16;

    /// <summary>Handle, link id.</summary>
    public const int OwnLink = 2 * Id;

    /// <summary>Link id, number of the file, handle.</summary>
    public const int GroupRecord = Id + sizeof(int) + Id;

    /// <summary>First record, number of records.</summary>
    public const int Group = sizeof(long) + sizeof(int);

    /// <summary>Handle, place.</summary>
    public const int Placement = Id + sizeof(long);

    /// <summary>0 or 1.</summary>
    public const int MaskPlace = 1;

    private const int PairWithoutPattern = (2 * (sizeof(int) + Id)) + (2 * sizeof(double)) + 1;

    /// <summary>File and handle of both, weight, probability, decision, pattern.</summary>
    public static int Pair(int patternLength) => PairWithoutPattern + patternLength;
}

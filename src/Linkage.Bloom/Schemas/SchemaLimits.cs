namespace Linkage.Bloom.Schemas;

/// <summary>The fixed numbers of format <c>linkage-schema/1</c>.</summary>
public static class SchemaLimits
{
    /// <summary>Bits of a base filter and of a protected output.</summary>
    public const int BitLength = 1024;

    /// <summary>Bits of the base filter that one output bit of profile <c>standard</c> is the XOR of.</summary>
    public const int DiffusionCount = 5;

    /// <summary>Most fields a schema may have.</summary>
    public const int MaxFields = 16;

    /// <summary>Most passes a schema may have.</summary>
    public const int MaxPasses = 16;

    /// <summary>Most characters of a schema's name.</summary>
    internal const int MaxNameLength = 256;

    /// <summary>Most characters of a schema's notes.</summary>
    internal const int MaxNotesLength = 1 << 16;

    /// <summary>Most characters of a word for a missing value: longer cells are cut to it.</summary>
    internal const int MaxMissingWordLength = Normalization.FieldNormalizer.MaxLength;

    /// <summary>Most bytes of a schema file; whatever is within the other limits fits.</summary>
    internal const int MaxFileLength = 1 << 22;

    /// <summary>Most parties of a project.</summary>
    public const int MaxParties = 60;

    /// <summary>Most records of all parties together that a block may hold, whatever the schema says.</summary>
    public const int MaxBlockRecords = 500;
}

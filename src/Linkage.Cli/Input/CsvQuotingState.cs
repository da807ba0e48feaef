namespace Linkage.Cli.Input;

/// <summary>Whether a cell as it stands in the file is quoted properly.</summary>
internal enum CsvQuotingState
{
    /// <summary>Unquoted, or quoted from end to end.</summary>
    Sound = 0,

    /// <summary>The opening quote has no closing quote.</summary>
    Unclosed,

    /// <summary>Something follows the closing quote.</summary>
    TextAfterQuote,
}

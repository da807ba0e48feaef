using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Input;

/// <summary>The profiles' names on the command line: the words of the schema file.</summary>
internal static class ProfileWords
{
    /// <summary>What to say whenever the research profile is used.</summary>
    public const string ResearchBanner =
        "PROFILE RESEARCH: these encodings protect nobody. For synthetic or public data only.";

    /// <summary>All words.</summary>
    public static string[] All { get; } = [.. Enum.GetValues<ProtectionProfile>().Select(Of)];

    /// <summary>The word for a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>Its word.</returns>
    public static string Of(ProtectionProfile profile) => profile.ToString().ToLowerInvariant();

    /// <summary>The profile of a word.</summary>
    /// <param name="word">One of <see cref="All"/>.</param>
    /// <returns>The profile.</returns>
    public static ProtectionProfile Parse(string word) =>
        Enum.GetValues<ProtectionProfile>().Single(profile => Of(profile) == word);
}

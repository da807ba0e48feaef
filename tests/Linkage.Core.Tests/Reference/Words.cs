using FsCheck;
using FsCheck.Fluent;

namespace Linkage.Core.Tests.Reference;

/// <summary>Short words of few letters, so that letters repeat and words resemble each other.</summary>
internal static class Words
{
    private const int Longest = 7;

    public static Arbitrary<string> Any { get; } =
        Gen.Choose(0, Longest)
            .SelectMany(length => Gen.ArrayOf(Gen.Elements('a', 'b', 'c'), length))
            .Select(letters => new string(letters))
            .ToArbitrary();
}

namespace Linkage.Shape.Tests.Support;

/// <summary>A fenced block of a markdown file.</summary>
/// <param name="Line">The number of its opening line, from 1.</param>
/// <param name="Language">The word after the opening marks; may be empty.</param>
/// <param name="Sample">What the comment before it names, <c>path#marker</c>; null without such a comment.</param>
/// <param name="Lines">Its content.</param>
internal sealed record Fence(int Line, string Language, string? Sample, IReadOnlyList<string> Lines);

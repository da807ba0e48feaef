using Linkage.Cli.Output;

namespace Linkage.Cli.Review;

/// <summary>A record as it is named on the command line: by its handle, with its party if wished.</summary>
internal sealed class RecordName
{
    private readonly string? _party;
    private readonly string _handle;

    private RecordName(string? party, string handle)
    {
        _party = party;
        _handle = handle;
    }

    /// <summary>Reads <c>party:handle</c> or <c>handle</c>.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="argument">Its name, for the message.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The text has another form; it is not quoted.</exception>
    public static RecordName Parse(string text, string argument)
    {
        // A party's name may hold a colon, a handle cannot.
        int colon = text.LastIndexOf(':');
        string handle = text[(colon + 1)..];
        return HandleText.TryParse(handle, out _) && colon != 0
            ? new RecordName(colon < 0 ? null : text[..colon], handle)
            : throw new ArgumentException(
                $"{argument} must be a handle of 32 lower-case hexadecimal digits, or party:handle");
    }

    /// <summary>Whether this names a record.</summary>
    /// <param name="party">The record's party.</param>
    /// <param name="handle">The record's handle.</param>
    /// <returns>True if the handle is the same, and the party where one is named.</returns>
    public bool Is(ReadOnlySpan<char> party, ReadOnlySpan<char> handle) =>
        handle.SequenceEqual(_handle) && (_party is null || party.SequenceEqual(_party));

    /// <summary>Nothing: handles are for lists of handles only.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(RecordName);
}

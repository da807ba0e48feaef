namespace Linkage.Bloom.Normalization;

/// <summary>Normal forms of folded text: words, addresses, plain characters.</summary>
internal static class WordForms
{
    private const int ZipLength = 5;
    private const int ZipPlusFourLength = 9;

    /// <summary>
    /// Keeps the words, with one space between them. Apostrophes vanish (O'BRIEN is one word, and so is KING'S); other
    /// punctuation parts words.
    /// </summary>
    /// <param name="folded">The folded text.</param>
    /// <param name="destination">At least as long as the folded text.</param>
    /// <param name="joinAtPeriods">Whether periods vanish too, as they do in names.</param>
    /// <returns>The number of characters written.</returns>
    public static int Words(ReadOnlySpan<char> folded, Span<char> destination, bool joinAtPeriods)
    {
        int length = 0;
        bool between = false;
        foreach (char c in folded)
        {
            if (LatinFolding.IsWordCharacter(c))
            {
                if (between && length > 0)
                {
                    destination[length++] = ' ';
                }

                destination[length++] = c;
                between = false;
            }
            else if (!IsApostrophe(c) && !(joinAtPeriods && c == '.'))
            {
                between = true;
            }
        }

        return length;
    }

    /// <summary>Keeps the words of an address, in the short forms of the tables; a number sign becomes APT.</summary>
    /// <param name="folded">The folded text.</param>
    /// <param name="destination">Takes whole words as long as they fit.</param>
    /// <param name="cut">Whether a word was left out.</param>
    /// <returns>The number of characters written.</returns>
    public static int Address(ReadOnlySpan<char> folded, Span<char> destination, out bool cut)
    {
        Span<char> word = stackalloc char[folded.Length];
        int wordLength = 0;
        AddressWriter writer = new(destination);
        foreach (char c in folded)
        {
            if (LatinFolding.IsWordCharacter(c))
            {
                word[wordLength++] = c;
            }
            else if (!IsApostrophe(c))
            {
                writer.Append(word[..wordLength]);
                wordLength = 0;
                if (c == '#')
                {
                    writer.Append(AddressWords.NumberSign);
                }
            }
        }

        writer.Append(word[..wordLength]);
        word.Clear();
        cut = writer.Cut;
        return writer.Length;
    }

    /// <summary>Keeps letters, digits and the characters @ . _ + - of an e-mail address.</summary>
    public static int Email(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        foreach (char c in folded)
        {
            if (LatinFolding.IsWordCharacter(c) || c is '@' or '.' or '_' or '+' or '-')
            {
                destination[length++] = c;
            }
        }

        return length;
    }

    /// <summary>Keeps letters and digits.</summary>
    public static int LettersAndDigits(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        foreach (char c in folded)
        {
            if (LatinFolding.IsWordCharacter(c))
            {
                destination[length++] = c;
            }
        }

        return length;
    }

    /// <summary>Keeps letters and digits, and of the nine digits of a US ZIP+4 code the first five.</summary>
    public static int Postcode(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = LettersAndDigits(folded, destination);
        bool zipPlusFour = length == ZipPlusFourLength && !destination[..length].ContainsAnyExceptInRange('0', '9');
        return zipPlusFour ? ZipLength : length;
    }

    private static bool IsApostrophe(char c) => c is '\'' or '`';

    private ref struct AddressWriter(Span<char> destination)
    {
        private readonly Span<char> _destination = destination;
        private bool _afterUnit;

        public int Length { get; private set; }

        public bool Cut { get; private set; }

        public void Append(scoped ReadOnlySpan<char> word)
        {
            if (word.IsEmpty || Cut)
            {
                return;
            }

            bool known = AddressWords.TryFind(word, out AddressWord entry);
            scoped ReadOnlySpan<char> text = known ? entry.Canonical : word;
            if (_afterUnit && text.SequenceEqual(AddressWords.NumberSign))
            {
                return; // UNIT #5 and APT # 5: the sign repeats the word before it
            }

            int gap = Length > 0 ? 1 : 0;
            if (Length + gap + text.Length > _destination.Length)
            {
                Cut = true;
                return;
            }

            _destination.Slice(Length, gap).Fill(' ');
            text.CopyTo(_destination[(Length + gap)..]);
            Length += gap + text.Length;
            _afterUnit = known && entry.Class == AddressWordClass.Unit;
        }
    }
}

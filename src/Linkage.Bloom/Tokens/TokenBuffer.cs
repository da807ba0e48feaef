namespace Linkage.Bloom.Tokens;

/// <summary>A list of tokens that is filled anew for every value, without allocation once it has grown.</summary>
/// <remarks>Not safe to share between threads. Tokens are plaintext: what is given up is zeroed first.</remarks>
internal sealed class TokenBuffer
{
    private char[] _characters = new char[512];
    private int[] _ends = new int[64];

    /// <summary>The number of tokens.</summary>
    public int Count { get; private set; }

    private int Length => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>A token; valid until the buffer is changed.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int start = index == 0 ? 0 : _ends[index - 1];
            return _characters.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>Adds a token. It may be a part of this buffer.</summary>
    public void Add(ReadOnlySpan<char> token)
    {
        int start = Length;
        if (_characters.Length - start < token.Length)
        {
            char[] grown = new char[Math.Max(2 * _characters.Length, start + token.Length)];
            _characters.AsSpan(0, start).CopyTo(grown);
            token.CopyTo(grown.AsSpan(start));
            Array.Clear(_characters);
            _characters = grown;
        }
        else
        {
            token.CopyTo(_characters.AsSpan(start));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
        }

        _ends[Count++] = start + token.Length;
    }

    /// <summary>Removes all tokens and zeroes their characters.</summary>
    public void Clear()
    {
        _characters.AsSpan(0, Length).Clear();
        Count = 0;
    }
}

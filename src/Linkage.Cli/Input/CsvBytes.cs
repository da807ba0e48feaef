using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Linkage.Cli.Input;

/// <summary>Looks at CSV text as bytes, before it is decoded.</summary>
internal static class CsvBytes
{
    /// <summary>Finds the first byte that is NUL or not UTF-8.</summary>
    /// <param name="text">Bytes of a row or cell.</param>
    /// <returns>Its index; null when there is none.</returns>
    public static int? FindInvalid(ReadOnlySpan<byte> text)
    {
        int nul = text.IndexOf((byte)0);
        if (Utf8.IsValid(text))
        {
            return nul < 0 ? null : nul;
        }

        int index = 0;
        while (index != nul && Rune.DecodeFromUtf8(text[index..], out _, out int length) == OperationStatus.Done)
        {
            index += length;
        }

        return index;
    }

    /// <summary>Looks at a cell's quotes.</summary>
    /// <param name="raw">The cell as it stands in the file, with its quotes.</param>
    /// <returns>Whether the cell is quoted properly.</returns>
    public static CsvQuotingState QuotingOf(ReadOnlySpan<byte> raw)
    {
        const byte Quote = (byte)'"';
        if (raw.IsEmpty || raw[0] != Quote)
        {
            return CsvQuotingState.Sound;
        }

        for (int i = 1; i < raw.Length; i++)
        {
            if (raw[i] != Quote)
            {
                continue;
            }

            if (i + 1 == raw.Length)
            {
                return CsvQuotingState.Sound;
            }

            if (raw[++i] != Quote)
            {
                return CsvQuotingState.TextAfterQuote;
            }
        }

        return CsvQuotingState.Unclosed;
    }
}

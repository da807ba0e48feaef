using System.Text;

namespace Linkage.Cli.Input;

/// <summary>Text encodings by name; all of them refuse bytes that mean nothing instead of replacing them.</summary>
internal static class TextEncodings
{
    /// <summary>Looks an encoding up.</summary>
    /// <param name="name">A registered name, such as "utf-8", "latin1" or "windows-1252".</param>
    /// <param name="encoding">A throwing encoding.</param>
    /// <returns>False when no encoding has that name.</returns>
    public static bool TryFind(string name, out Encoding encoding)
    {
        // Registering twice is harmless; the base library keeps each provider once.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            encoding = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // No such name, or one that the base library gave up for good, such as "utf-7".
            encoding = Encoding.UTF8;
            return false;
        }
    }
}

namespace Linkage.Bloom.Storage;

/// <summary>An encoded file that is truncated, altered, of another version or made with ill intent.</summary>
public sealed class EncodingFormatException : FormatException
{
    /// <summary>Makes an exception without a message.</summary>
    public EncodingFormatException()
        : base("The encoded file is not valid.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public EncodingFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What was noticed first.</param>
    public EncodingFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that names file and offset.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Byte at which the fault lies or was noticed.</param>
    /// <param name="message">What is wrong there.</param>
    public EncodingFormatException(string path, long offset, string message)
        : base($"{path}: at byte {offset}: {message}")
    {
        Offset = offset;
    }

    /// <summary>Byte at which the fault lies or was noticed; null when the file as a whole is meant.</summary>
    public long? Offset { get; }
}

namespace Linkage.Bloom.Schemas;

/// <summary>A schema that cannot be read or that contradicts itself.</summary>
/// <remarks>The message names the place, never a value of anybody's record.</remarks>
public sealed class LinkageSchemaException : FormatException
{
    /// <summary>Makes an exception without a message.</summary>
    public LinkageSchemaException()
        : base("The schema is not valid.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public LinkageSchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What was noticed first.</param>
    public LinkageSchemaException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that names the place in the schema.</summary>
    /// <param name="place">For example <c>fields[2].kind</c>.</param>
    /// <param name="message">What is wrong there.</param>
    /// <param name="innerException">What was noticed first.</param>
    public LinkageSchemaException(string place, string message, Exception? innerException = null)
        : base($"schema: {place}: {message}", innerException)
    {
        Place = place;
    }

    /// <summary>
    /// The place in the schema, for example <c>fields[2].kind</c>; null when the whole file is meant.
    /// </summary>
    public string? Place { get; }
}

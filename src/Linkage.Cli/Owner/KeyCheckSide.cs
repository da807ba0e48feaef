using System.CommandLine;
using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Cli.Input;
using Linkage.Cli.Output;

namespace Linkage.Cli.Owner;

/// <summary>One owner's side of a key check: its schema, its key and the texts in files.</summary>
internal sealed class KeyCheckSide : IDisposable
{
    // Far above any text of a check: a wrong file is not read into memory.
    private const int MostCharacters = 1 << 16;

    private const string Subject = "key check";

    private readonly string _schemaPath;
    private readonly string _keyPath;

    /// <summary>Reads schema and key.</summary>
    /// <param name="schemaPath">The schema file.</param>
    /// <param name="keyPath">The key file.</param>
    /// <exception cref="InputException">One of them is not valid.</exception>
    /// <exception cref="UnauthorizedAccessException">Others may read the key file.</exception>
    public KeyCheckSide(string schemaPath, string keyPath)
    {
        _schemaPath = schemaPath;
        _keyPath = keyPath;
        Schema = SchemaFile.Load(schemaPath);
        Key = ProjectKey.Load(keyPath);
    }

    /// <summary>The owner's schema.</summary>
    public LinkageSchema Schema { get; }

    /// <summary>The owner's key.</summary>
    public LinkageKey Key { get; }

    /// <summary>The option for the schema, the same in every step.</summary>
    /// <returns>A new option.</returns>
    public static Option<string> SchemaOption() => FileOption("--schema", "Your schema, as you will encode with it.");

    /// <summary>The option for the key, the same in every step.</summary>
    /// <returns>A new option.</returns>
    public static Option<string> KeyOption() => FileOption("--key", "Your key; it is read and never sent.");

    /// <summary>An option that names a file and must be given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the file is.</param>
    /// <returns>A new option.</returns>
    public static Option<string> FileOption(string name, string description) =>
        new(name) { Required = true, HelpName = "FILE", Description = description };

    /// <summary>Reads a text of the check.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InputException">The file is too long for such a text.</exception>
    public static string Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        using StreamReader reader = new(file, Encoding.UTF8);
        char[] text = new char[MostCharacters + 1];
        int length = reader.ReadBlock(text);
        return length <= MostCharacters
            ? new string(text, 0, length)
            : throw new InputException(path, "is too long for a text of a key check");
    }

    /// <summary>Does a step; a text that is not what it must be counts as bad input.</summary>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <param name="step">The step.</param>
    /// <returns>What it gave.</returns>
    /// <exception cref="InputException">A text was refused; the message says which one and where.</exception>
    public static T Do<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (FormatException exception) when (exception is not InputException)
        {
            // The library names text and line and never quotes them.
            throw new InputException(Subject, WithoutPrefix(exception.Message));
        }
    }

    /// <summary>Writes a text of the check.</summary>
    /// <param name="path">Where to; an older file is replaced, but neither schema, key nor another text.</param>
    /// <param name="text">The text.</param>
    /// <param name="texts">The other texts of this step.</param>
    public void Write(string path, string text, params string[] texts)
    {
        OutputPaths.RequireDistinct("--out", path, [_schemaPath, _keyPath, .. texts]);
        using AtomicFile file = AtomicFile.Create(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Commit();
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => Key.Dispose();

    private static string WithoutPrefix(string message) =>
        message.StartsWith(Subject, StringComparison.Ordinal)
            ? message[Subject.Length..].TrimStart(':', ',', ' ')
            : message;
}

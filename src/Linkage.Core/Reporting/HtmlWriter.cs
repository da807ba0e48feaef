using System.Text;

namespace Linkage.Core.Reporting;

/// <summary>Writes a document that is HTML and well-formed XML at once; whatever is text gets escaped.</summary>
/// <remarks>Markup can only be written element by element, so no text can become markup. Not thread-safe.</remarks>
internal sealed class HtmlWriter : IDisposable
{
    private const char Replacement = '\uFFFD';

    private readonly StreamWriter _writer;
    private readonly Stack<string> _open = new();

    public HtmlWriter(Stream stream)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        _writer.WriteLine("<!DOCTYPE html>");
    }

    /// <summary>Begins an element.</summary>
    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        WriteTag(name, attributes);
        _writer.Write('>');
        _open.Push(name);
    }

    /// <summary>Ends the element begun last.</summary>
    public void Close()
    {
        string name = _open.Pop();
        _writer.Write("</");
        _writer.Write(name);
        _writer.Write('>');
        if (!IsInline(name))
        {
            _writer.WriteLine();
        }
    }

    /// <summary>Writes an element without content, such as a line of a drawing.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        WriteTag(name, attributes);
        _writer.WriteLine("/>");
    }

    /// <summary>Writes an element that holds text only.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>Writes text.</summary>
    public void Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                _writer.Write(text[i++]);
                _writer.Write(text[i]);
                continue;
            }

            WriteEscaped(text[i]);
        }
    }

    /// <summary>Ends what is still open.</summary>
    public void Dispose()
    {
        while (_open.Count > 0)
        {
            Close();
        }

        _writer.Dispose();
    }

    private static bool IsInline(string name) => name is "span" or "strong" or "code" or "bdi" or "text";

    private void WriteTag(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _writer.Write('<');
        _writer.Write(name);
        foreach ((string attribute, string value) in attributes)
        {
            _writer.Write(' ');
            _writer.Write(attribute);
            _writer.Write("=\"");
            Text(value);
            _writer.Write('"');
        }
    }

    private void WriteEscaped(char c)
    {
        string? escaped = c switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => null,
        };
        if (escaped is not null)
        {
            _writer.Write(escaped);
            return;
        }

        // XML 1.0 knows no other control characters; a lone surrogate or a non-character is no text at all.
        bool allowed = c is '\t' or '\n' || (c >= ' ' && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'));
        _writer.Write(allowed ? c : Replacement);
    }
}

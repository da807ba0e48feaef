using System.Globalization;
using System.Net;
using System.Text.Json;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads the members of one object of the configuration, and collects what is wrong with them.</summary>
/// <param name="path">The object's place in the file; empty for the root.</param>
/// <param name="node">The object; null reads as one without members.</param>
/// <param name="directory">What relative paths are relative to.</param>
/// <param name="faults">Receives one line for each fault: the member and the rule, never the value.</param>
internal sealed class SettingReader(string path, SettingNode? node, string directory, List<string> faults)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a fault of a member; the first is enough.</summary>
    public void Refuse(string name, string rule)
    {
        if (_refused.Add(name))
        {
            faults.Add($"{PathOf(name)} {rule}");
        }
    }

    /// <summary>True if the member has a fault already.</summary>
    public bool IsRefused(string name) => _refused.Contains(name);

    /// <summary>True if the member is there.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A member that is an object; null if it is missing or something else.</summary>
    public SettingReader? Section(string name)
    {
        SettingNode? child = Find(name);
        if (child is null)
        {
            return null;
        }

        if (child.Kind == JsonValueKind.Object)
        {
            return new SettingReader(PathOf(name), child, directory, faults);
        }

        Refuse(name, "must be an object");
        return null;
    }

    /// <summary>The names of all members, in ordinal order.</summary>
    public IReadOnlyList<string> Names() =>
        [.. (node?.Members.Keys ?? Enumerable.Empty<string>()).Order(StringComparer.Ordinal)];

    /// <summary>The objects of a member that is an array.</summary>
    public IEnumerable<SettingReader> Sections(string name)
    {
        List<SettingNode> items = Array(name);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Kind == JsonValueKind.Object)
            {
                yield return new SettingReader($"{PathOf(name)}[{i}]", items[i], directory, faults);
            }
            else
            {
                Refuse($"{name}[{i}]", "must be an object");
            }
        }
    }

    /// <summary>The texts of a member that is an array of strings.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        List<SettingNode> items = Array(name);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Kind != JsonValueKind.String)
            {
                Refuse($"{name}[{i}]", "must be a string");
            }
        }

        return [.. items.Where(item => item.Kind == JsonValueKind.String).Select(item => item.Text!)];
    }

    /// <summary>The whole numbers of a member that is an array of them.</summary>
    public IReadOnlyList<uint> Numbers(string name)
    {
        List<uint> numbers = [];
        List<SettingNode> items = Array(name);
        for (int i = 0; i < items.Count; i++)
        {
            if (IsNumber(items[i]) && uint.TryParse(items[i].Text, CultureInfo.InvariantCulture, out uint number))
            {
                numbers.Add(number);
            }
            else
            {
                Refuse($"{name}[{i}]", "must be a whole number, 0 or more");
            }
        }

        return numbers;
    }

    /// <summary>A string; null if it is missing, empty or something else.</summary>
    public string? Text(string name)
    {
        SettingNode? child = Find(name);
        if (child is null or { Kind: JsonValueKind.String, Text.Length: > 0 })
        {
            return child?.Text;
        }

        Refuse(name, "must be a string that is not empty");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool otherwise)
    {
        SettingNode? child = Find(name);
        if (child is { IsFromEnvironment: true } && bool.TryParse(child.Text, out bool flag))
        {
            return flag;
        }

        if (child is null or { Kind: JsonValueKind.True or JsonValueKind.False })
        {
            return child is null ? otherwise : child.Kind == JsonValueKind.True;
        }

        Refuse(name, "must be true or false");
        return otherwise;
    }

    /// <summary>A whole number within bounds.</summary>
    public long Number(string name, long otherwise, long least, long most)
    {
        SettingNode? child = Find(name);
        if (child is null)
        {
            return otherwise;
        }

        if (IsNumber(child) && long.TryParse(child.Text, CultureInfo.InvariantCulture, out long number)
            && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, string.Create(
            CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return otherwise;
    }

    /// <summary>An IP address and a port; null if missing or wrong.</summary>
    public IPEndPoint? EndPoint(string name)
    {
        IPEndPoint? endPoint = null;
        string? text = Text(name);
        // IPEndPoint parses a bare address to port 0; an operator who forgot the port shall hear of it.
        if (text is null || (IPEndPoint.TryParse(text, out endPoint) && HasPort(text)))
        {
            return endPoint;
        }

        Refuse(name, "must be an IP address and a port, such as 127.0.0.1:5055 or [::1]:5055");
        return null;
    }

    /// <summary>An address of this machine alone, with a port; null if missing or wrong.</summary>
    public IPEndPoint? Loopback(string name)
    {
        IPEndPoint? endPoint = EndPoint(name);
        if (endPoint is null || IPAddress.IsLoopback(endPoint.Address))
        {
            return endPoint;
        }

        Refuse(name, "must be a loopback address: it speaks without encryption, so other machines must not reach it");
        return null;
    }

    /// <summary>A path, made full; null if missing.</summary>
    public string? FullPath(string name)
    {
        string? text = Text(name);
        if (text is null || !text.Contains('\0', StringComparison.Ordinal))
        {
            return text is null ? null : FullPathOf(text);
        }

        Refuse(name, "must be a path");
        return null;
    }

    /// <summary>A path that is part of a member, made full.</summary>
    public string FullPathOf(string text) => Path.GetFullPath(text, directory);

    /// <summary>The full path of a file that is there and, if it is a secret, closed to others.</summary>
    public string? ExistingFile(string name, bool isSecret)
    {
        string? file = FullPath(name);
        if (file is null || (File.Exists(file) && !(isSecret && FileRules.OthersMayUse(file))))
        {
            return file;
        }

        Refuse(name, File.Exists(file) ? FileRules.FileIsOpen : "must be a file that exists");
        return null;
    }

    /// <summary>The full path of a directory that is there and, if it holds secrets, closed to others.</summary>
    public string? ExistingDirectory(string name, bool isSecret)
    {
        string? found = FullPath(name);
        if (found is null || (Directory.Exists(found) && !(isSecret && FileRules.OthersMayUse(found))))
        {
            return found;
        }

        Refuse(name, Directory.Exists(found) ? FileRules.DirectoryIsOpen : "must be a directory that exists");
        return null;
    }

    /// <summary>Refuses every member that was not asked for; a misspelled one would leave a default in force.</summary>
    public void RefuseOthers()
    {
        IEnumerable<string> names = node?.Members.Keys ?? Enumerable.Empty<string>();
        foreach (string name in names.Where(name => !_asked.Contains(name)))
        {
            Refuse(name, $"is not a setting; here are: {string.Join(", ", _asked)}");
        }
    }

    private static bool IsNumber(SettingNode child) => child.Kind == JsonValueKind.Number || child.IsFromEnvironment;

    private static bool HasPort(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isBareVersion6 = colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon && text[0] != '[';
        return colon >= 0 && !isBareVersion6 && !text.EndsWith(']');
    }

    private List<SettingNode> Array(string name)
    {
        SettingNode? child = Find(name);
        if (child is null or { Kind: JsonValueKind.Array })
        {
            return child?.Items ?? [];
        }

        Refuse(name, "must be an array");
        return [];
    }

    private SettingNode? Find(string name)
    {
        _asked.Add(name);
        return node?.Members.GetValueOrDefault(name);
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}

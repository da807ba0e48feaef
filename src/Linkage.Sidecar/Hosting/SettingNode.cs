using System.Globalization;
using System.Text.Json;

namespace Linkage.Sidecar.Hosting;

/// <summary>A member of the configuration as written, before anybody asks what it means.</summary>
/// <remarks>Names are looked up without regard to case, since environment variables are often in capitals.</remarks>
internal sealed class SettingNode
{
    private SettingNode(JsonValueKind kind, string? text, bool isFromEnvironment)
    {
        Kind = kind;
        Text = text;
        IsFromEnvironment = isFromEnvironment;
    }

    /// <summary>Object, array, string, number, true, false or null.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>The text of a string or number.</summary>
    public string? Text { get; }

    /// <summary>True for a text from the environment, which stands for any scalar.</summary>
    public bool IsFromEnvironment { get; }

    /// <summary>The members of an object.</summary>
    public Dictionary<string, SettingNode> Members { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The elements of an array.</summary>
    public List<SettingNode> Items { get; } = [];

    /// <summary>Takes over a JSON document.</summary>
    /// <param name="element">The document's root.</param>
    /// <param name="path">Its place, for faults; empty for the root.</param>
    /// <param name="faults">Receives members that stand twice.</param>
    public static SettingNode From(JsonElement element, string path, List<string> faults)
    {
        string? text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
        SettingNode node = new(element.ValueKind, text, isFromEnvironment: false);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                string place = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (!node.Members.TryAdd(member.Name, From(member.Value, place, faults)))
                {
                    faults.Add($"{place} stands twice");
                }
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                node.Items.Add(From(item, $"{path}[{node.Items.Count}]", faults));
            }
        }

        return node;
    }

    /// <summary>Puts a text from the environment in a member's place.</summary>
    /// <param name="path">Names of members, or indexes of elements, from here on; at least one.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if the path leads through a scalar or past the end of an array.</returns>
    public bool TryOverride(ReadOnlySpan<string> path, string text)
    {
        SettingNode value = new(JsonValueKind.String, text, isFromEnvironment: true);
        if (Kind == JsonValueKind.Array)
        {
            return int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index <= Items.Count
                && TryPlace(path, index < Items.Count ? Items[index] : null, value, child => Put(index, child), text);
        }

        string name = path[0];
        return Kind == JsonValueKind.Object
            && TryPlace(path, Members.GetValueOrDefault(name), value, child => Members[name] = child, text);
    }

    private static bool TryPlace(
        ReadOnlySpan<string> path, SettingNode? existing, SettingNode value, Action<SettingNode> put, string text)
    {
        if (path.Length == 1)
        {
            put(value);
            return true;
        }

        if (existing is null)
        {
            // The next name tells an array from an object.
            JsonValueKind kind = path[1].All(char.IsAsciiDigit) ? JsonValueKind.Array : JsonValueKind.Object;
            existing = new SettingNode(kind, null, isFromEnvironment: false);
            put(existing);
        }

        return existing.TryOverride(path[1..], text);
    }

    private void Put(int index, SettingNode child)
    {
        if (index == Items.Count)
        {
            Items.Add(child);
        }
        else
        {
            Items[index] = child;
        }
    }
}

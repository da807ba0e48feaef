using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Tests.Support;

/// <summary>Encoded files of one schema and one fixed key, in a directory that goes away.</summary>
/// <remarks>The key is fixed so that tokens and distances are the same in every run; handles are not.</remarks>
internal sealed class EncodedProject : IDisposable
{
    private const string KeyText = """
        {
          "format": "linkage-key/1",
          "project": "tests",
          "keyId": "00112233aabbccdd",
          "epoch": 1,
          "root": "5d1e7a90c3b24f6886fd0a4b1c9e2d73a8f5604e7b3d92c1e0f4a6b85c7d1392"
        }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly List<EncodedParty> _parties = [];

    public EncodedProject(LinkageSchema schema)
    {
        Schema = schema;
    }

    public LinkageSchema Schema { get; }

    public IReadOnlyList<EncodedParty> Parties => _parties;

    public EncodedFile[] Files => [.. _parties.Select(party => party.File)];

    public EncodedParty Add(string party, IReadOnlyList<string?[]> rows)
    {
        using LinkageKey key = FixedKey();
        return Add(party, rows, Schema, key);
    }

    /// <summary>Adds a file that may be of another schema or key than the project.</summary>
    public EncodedParty Add(string party, IReadOnlyList<string?[]> rows, LinkageSchema schema, LinkageKey key)
    {
        string path = _directory.PathOf($"{_parties.Count}-{party}.lke");
        EncodedParty added = EncodedParty.Encode(path, schema, key, party, rows);
        _parties.Add(added);
        return added;
    }

    /// <summary>The key of all projects here; the caller disposes it.</summary>
    public LinkageKey FixedKey() => ParseKey(KeyText);

    /// <summary>The same root and id in another generation; the caller disposes it.</summary>
    public LinkageKey KeyOfEpoch(int epoch) =>
        ParseKey(KeyText.Replace("\"epoch\": 1", $"\"epoch\": {epoch}", StringComparison.Ordinal));

    /// <summary>The same root and id under another project's name; the caller disposes it.</summary>
    public LinkageKey KeyOfProject(string project) =>
        ParseKey(KeyText.Replace("\"tests\"", $"\"{project}\"", StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (EncodedParty party in _parties)
        {
            party.File.Dispose();
        }

        _directory.Dispose();
    }

    private LinkageKey ParseKey(string text)
    {
        string path = _directory.PathOf($"{Guid.NewGuid():N}.key");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return LinkageKey.Load(path);
    }
}

using System.Text;
using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Tests.Audit;

public sealed class AuditDamageTests : IDisposable
{
    private const int Entries = 300;

    private readonly AuditLogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Verify_ThousandRandomDamages_DetectsEachAndNamesAnEntry()
    {
        await _fixture.FillAsync(Entries, segmentBytes: 16 * 1024);
        string[] files = [.. _fixture.Folder.FirstNumbers().Select(_fixture.Folder.Segment), _fixture.Folder.Head];
        Dictionary<string, byte[]> sound = files.ToDictionary(path => path, File.ReadAllBytes);
        Random random = new(20260417);

        Assert.True(files.Length > 5);
        Assert.True(_fixture.Verify().IsSound);
        for (int i = 0; i < 1000; i++)
        {
            string what = (i % 4) switch
            {
                0 => ChangeByte(sound, files[random.Next(files.Length)], random),
                1 => DeleteEntry(sound, files[..^1], random),
                2 => SwapEntries(sound, files[..^1], random),
                _ => Truncate(sound, files, random),
            };

            AuditVerdict verdict = _fixture.Verify();

            Assert.False(verdict.IsSound, what);
            Assert.All(verdict.Faults, fault => Assert.Matches("entr(y|ies) [0-9]+|head", fault));
            Restore(sound);
        }

        Assert.True(_fixture.Verify().IsSound);
    }

    private static string ChangeByte(Dictionary<string, byte[]> sound, string path, Random random)
    {
        byte[] bytes = [.. sound[path]];
        int place = random.Next(bytes.Length);
        bytes[place] ^= (byte)random.Next(1, 256);
        File.WriteAllBytes(path, bytes);
        return $"byte {place} of {Path.GetFileName(path)}";
    }

    private static string DeleteEntry(Dictionary<string, byte[]> sound, string[] segments, Random random)
    {
        List<string> lines = LinesOf(sound, segments);
        int line = random.Next(lines.Count);
        lines.RemoveAt(line);
        Write(lines, sound, segments);
        return $"entry {line + 1} deleted";
    }

    private static string SwapEntries(Dictionary<string, byte[]> sound, string[] segments, Random random)
    {
        List<string> lines = LinesOf(sound, segments);
        int left = random.Next(lines.Count);
        int right = (left + random.Next(1, lines.Count)) % lines.Count;
        (lines[left], lines[right]) = (lines[right], lines[left]);
        Write(lines, sound, segments);
        return $"entries {left + 1} and {right + 1} swapped";
    }

    // Every other cut is at the border of two entries, also with all segments behind it gone.
    private static string Truncate(Dictionary<string, byte[]> sound, string[] files, Random random)
    {
        int file = random.Next(files.Length);
        byte[] bytes = sound[files[file]];
        int length = random.Next(bytes.Length);
        if (random.Next(2) == 0 && file < files.Length - 1)
        {
            length = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            foreach (string later in files[(file + 1)..^1])
            {
                File.Delete(later);
            }
        }

        File.WriteAllBytes(files[file], bytes[..length]);
        return $"{Path.GetFileName(files[file])} cut to {length}";
    }

    private static List<string> LinesOf(Dictionary<string, byte[]> sound, string[] segments) =>
        [.. segments.SelectMany(path => Encoding.UTF8.GetString(sound[path]).TrimEnd('\n').Split('\n'))];

    // Each segment keeps its number of lines but the last, so that the borders stay where they were.
    private static void Write(List<string> lines, Dictionary<string, byte[]> sound, string[] segments)
    {
        int next = 0;
        foreach (string path in segments)
        {
            int count = path == segments[^1]
                ? lines.Count - next
                : sound[path].Count(letter => letter == (byte)'\n');
            File.WriteAllText(path, string.Concat(lines.Skip(next).Take(count).Select(line => $"{line}\n")));
            next += count;
        }
    }

    private static void Restore(Dictionary<string, byte[]> sound)
    {
        foreach ((string path, byte[] bytes) in sound)
        {
            File.WriteAllBytes(path, bytes);
        }
    }
}

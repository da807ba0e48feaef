using System.Buffers.Binary;
using Linkage.Bloom;
using Linkage.Bloom.Storage;

namespace Linkage.Lookup.Benchmarks;

/// <summary>Encodes the people who are asked for, a message each, as the first source's own.</summary>
internal static class MessagesPhase
{
    /// <summary>Writes the messages one after the other, the length of each in four bytes before it.</summary>
    public static void Run(SampleSources sources, string path)
    {
        using RecordEncoder encoder = new(sources.Schema, sources.Key, SampleSources.PartyOf(0));
        using FileStream file = File.Create(path);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (Person person in sources.Queries)
        {
            using EncodedMessageWriter writer = new(encoder);
            writer.Add(person.Values);
            byte[] content = writer.Complete().Content;
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            file.Write(length);
            file.Write(content);
        }
    }
}

using System.Buffers.Binary;
using Linkage.Bloom.Protection;

namespace Linkage.Bloom.Tests.Protection;

public class RandomBytesTests
{
    [Fact]
    public void Fill_ShortAndLongSpans_NeverHandsBytesOutTwice()
    {
        RandomBytes random = new();
        HashSet<UInt128> seen = [];
        byte[] bytes = new byte[4096];
        for (int round = 0; round < 200; round++)
        {
            int length = round % 3 == 0 ? bytes.Length : 16;
            random.Fill(bytes.AsSpan(0, length));
            for (int at = 0; at < length; at += 16)
            {
                Assert.True(seen.Add(BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(at))));
            }
        }
    }
}

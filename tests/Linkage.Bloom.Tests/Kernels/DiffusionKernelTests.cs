using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Kernels;

public class DiffusionKernelTests
{
    private static readonly KernelWidth[] Widths =
        [.. Enum.GetValues<KernelWidth>().Where(width => width <= KernelSelector.Widest)];

    [Fact]
    public void Apply_EveryWidthAndOffset_IsTheXorOfTheNamedBits() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 7).Two().ToArbitrary(), (seed, choice) =>
        {
            (int rounds, int offset) = choice;
            byte[] filter = Noise.Bytes(seed, 128);
            int[] indexes = [.. Noise.Bytes(seed ^ 1, rounds * 2048).Chunk(2).Select(b => ((b[0] << 8) | b[1]) & 1023)];
            byte[] expected = new byte[128];
            for (int j = 0; j < indexes.Length; j++)
            {
                int bit = filter[indexes[j] / 8] >> (indexes[j] % 8) & 1;
                expected[j % 1024 / 8] ^= (byte)(bit << (j % 8));
            }

            return Widths.All(width => Apply(width, filter, indexes, offset).SequenceEqual(expected));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_EveryWidth_IsLinear() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            byte[] left = Noise.Bytes(seed, 128);
            byte[] right = Noise.Bytes(seed ^ 2, 128);
            int[] indexes = [.. Noise.Bytes(seed ^ 3, 5 * 2048).Chunk(2).Select(b => ((b[0] << 8) | b[1]) & 1023)];
            return Widths.All(width => Xor(Apply(width, left, indexes, 0), Apply(width, right, indexes, 0))
                .SequenceEqual(Apply(width, Xor(left, right), indexes, 0)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_WrongLengths_AreRefused()
    {
        byte[] filter = new byte[128];
        byte[] set = new byte[5 * 1024];

        Assert.ThrowsAny<ArgumentException>(() => DiffusionKernel.Apply(filter.AsSpan(1), set, set, new byte[128]));
        Assert.ThrowsAny<ArgumentException>(() => DiffusionKernel.Apply(filter, set, set, new byte[127]));
        Assert.ThrowsAny<ArgumentException>(() => DiffusionKernel.Apply(filter, set.AsSpan(1), set, new byte[128]));
        Assert.ThrowsAny<ArgumentException>(() => DiffusionKernel.Apply(filter, set, set.AsSpan(1), new byte[128]));
    }

    [Fact]
    public void Selected_OnAnyMachine_IsNotOverTheWidest() =>
        Assert.True(KernelSelector.Selected <= KernelSelector.Widest);

    [Fact]
    public void ToByteIndexes_AnyStream_KeepsSevenBits()
    {
        byte[] stream = Noise.Bytes(1, 4096);
        byte[] indexes = new byte[4096];
        IndexExpansion.ToByteIndexes(stream, indexes);

        Assert.Equal(stream.Select(part => (byte)(part & 127)), indexes);
    }

    [Fact]
    public void ToBitMasks_EveryByte_GivesTheBitsOfBothHalves()
    {
        byte[] stream = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] masks = new byte[512];
        IndexExpansion.ToBitMasks(stream, masks);

        for (int i = 0; i < 256; i++)
        {
            Assert.Equal(1 << (i & 7), masks[i]);
            Assert.Equal(1 << (i >> 4 & 7), masks[256 + i]);
        }
    }

    // Every array begins at the offset, so that no vector is aligned.
    private static byte[] Apply(KernelWidth width, byte[] filter, int[] indexes, int offset)
    {
        byte[] input = new byte[offset + 128];
        byte[] bytes = new byte[offset + indexes.Length];
        byte[] masks = new byte[offset + indexes.Length];
        byte[] output = Noise.Bytes(9, offset + 128 + 1);
        byte[] around = [.. output];
        filter.CopyTo(input, offset);
        for (int i = 0; i < indexes.Length; i++)
        {
            bytes[offset + i] = (byte)(indexes[i] / 8);
            masks[offset + i] = (byte)(1 << (indexes[i] % 8));
        }

        DiffusionKernel.Apply(
            width, input.AsSpan(offset), bytes.AsSpan(offset), masks.AsSpan(offset), output.AsSpan(offset, 128));
        Assert.Equal(around[..offset], output[..offset]);
        Assert.Equal(around[^1], output[^1]);
        return output[offset..^1];
    }

    private static byte[] Xor(byte[] left, byte[] right) => [.. left.Zip(right, (l, r) => (byte)(l ^ r))];
}

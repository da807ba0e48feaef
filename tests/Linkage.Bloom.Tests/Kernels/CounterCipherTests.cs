using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Kernels;

public class CounterCipherTests
{
    // NIST SP 800-38A, appendix F.
    private const string Key = "2b7e151628aed2a6abf7158809cf4f3c";

    private static readonly bool[] Forms = System.Runtime.Intrinsics.X86.Aes.IsSupported ? [false, true] : [false];

    [Theory]
    [InlineData("6bc1bee22e409f96e93d7e117393172a", "3ad77bb40d7a3660a89ecaf32466ef97")]
    [InlineData("ae2d8a571e03ac9c9eb76fac45af8e51", "f5d3d58503b9699de785895a96fdbaaf")]
    [InlineData("30c81c46a35ce411e5fbc1191a0a52ef", "43b1cd7f598ece23881b00e3ed030688")]
    [InlineData("f69f2445df4f9b17ad2b417be66c3710", "7b0c785e27e8ad3f8223207104725dd4")]
    public void EncryptBlock_VectorsOfTheStandard_AreMet(string block, string expected)
    {
        foreach (bool instructions in Forms)
        {
            using CounterCipher cipher = new(Convert.FromHexString(Key), instructions);
            byte[] output = new byte[16];
            cipher.EncryptBlock(Convert.FromHexString(block), output);

            Assert.Equal(expected, Convert.ToHexStringLower(output));
        }
    }

    [Fact]
    public void Fill_VectorsOfTheStandard_AreMet()
    {
        foreach (bool instructions in Forms)
        {
            using CounterCipher cipher = new(Convert.FromHexString(Key), instructions);
            byte[] stream = new byte[64];
            cipher.Fill(Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), stream);

            Assert.Equal(
                "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae"
                + "6a2cc3787889374fbeb4c81b17ba6c44e89c399ff0f198c6d40a31db156cabfe",
                Convert.ToHexStringLower(stream));
        }
    }

    [Fact]
    public void Fill_CounterAtItsEnd_WrapsWithoutACarry()
    {
        byte[] nonce = Noise.Bytes(1, 16);
        for (int before = 0; before < 20; before++)
        {
            byte[] start = [.. nonce[..12], 0xFF, 0xFF, 0xFF, (byte)(0xFF - before)];
            byte[] zero = [.. nonce[..12], 0, 0, 0, 0];
            foreach (bool instructions in Forms)
            {
                using CounterCipher cipher = new(Convert.FromHexString(Key), instructions);
                byte[] stream = new byte[16 * 24];
                cipher.Fill(start, stream);
                byte[] expected = new byte[16];
                cipher.EncryptBlock(zero, expected);

                Assert.Equal(expected, stream.AsSpan(16 * (before + 1), 16).ToArray());
            }
        }
    }

    [Fact]
    public void Fill_EveryFormLengthAndOffset_GivesTheEncryptedCounters() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 40).Two().ToArbitrary(), (seed, choice) =>
        {
            (int blocks, int offset) = choice;
            byte[] key = Noise.Bytes(seed, 16);
            byte[] nonce = Noise.Bytes(seed ^ 1, 16);
            return Forms.All(instructions =>
            {
                using CounterCipher cipher = new(key, instructions);
                byte[] output = new byte[offset + (16 * blocks)];
                cipher.Fill(nonce, output.AsSpan(offset));
                byte[] counter = [.. nonce];
                byte[] expected = new byte[16];
                for (int block = 0; block < blocks; block++)
                {
                    cipher.EncryptBlock(counter, expected);
                    if (!output.AsSpan(offset + (16 * block), 16).SequenceEqual(expected))
                    {
                        return false;
                    }

                    for (int at = 15; at >= 12 && ++counter[at] == 0; at--)
                    {
                    }
                }

                return true;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EncryptBlock_EveryForm_GivesTheSame() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            string[] outputs =
            [
                .. Forms.Select(instructions =>
                {
                    using CounterCipher cipher = new(Noise.Bytes(seed, 16), instructions);
                    byte[] block = Noise.Bytes(seed ^ 1, 16);
                    cipher.EncryptBlock(block, block);
                    return Convert.ToHexString(block);
                }),
            ];
            return outputs.Distinct().Count() == 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fill_PartOfABlock_IsRefused()
    {
        using CounterCipher cipher = new(Convert.FromHexString(Key));

        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Fill(new byte[16], new byte[17]));
    }
}

using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Tests.Storage.Encryption;

public sealed class ProjectCipherTests
{
    private static readonly byte[] Row = [1, 2, 3, 4, 5];

    [Fact]
    public void Open_SealedRow_GivesItAtItsPlaceOnly()
    {
        byte[] key = SealedBytes.NewKey();
        using ProjectCipher cipher = new("p", [.. key], seals: true);
        using ProjectCipher reader = new("p", [.. key], seals: false);
        using ProjectCipher other = new("q", [.. key], seals: true);

        byte[] stored = cipher.Seal("rows/1", Row);

        Assert.Equal(Row, reader.Open("rows/1", stored));
        Assert.Throws<StoreDamagedException>(() => reader.Open("rows/2", stored));
        Assert.Throws<StoreDamagedException>(() => other.Open("rows/1", stored));
        Assert.NotEqual(stored, cipher.Seal("rows/1", Row));
        Assert.Equal(-1, stored.AsSpan().IndexOf(Row));
    }

    [Fact]
    public void Open_EveryChangedBit_IsDamaged()
    {
        using ProjectCipher cipher = new("p", SealedBytes.NewKey(), seals: true);
        byte[] stored = cipher.Seal("rows/1", Row);
        for (int bit = 8; bit < stored.Length * 8; bit++) // the first byte is looked at below
        {
            byte[] changed = [.. stored];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Throws<StoreDamagedException>(() => cipher.Open("rows/1", changed));
        }

        Assert.Throws<StoreDamagedException>(() => cipher.Open("rows/1", []));
        Assert.Throws<StoreDamagedException>(() => cipher.Open("rows/1", stored.AsSpan(0, 20)));
    }

    [Fact]
    public void Open_RowFromBeforeEncryption_IsStillReadable()
    {
        using ProjectCipher off = new("p", key: null, seals: false);
        using ProjectCipher on = new("p", SealedBytes.NewKey(), seals: true);

        byte[] stored = off.Seal("rows/1", Row);

        Assert.Equal(Row, on.Open("rows/1", stored));
        Assert.Throws<StoreDamagedException>(() => off.Open("rows/1", on.Seal("rows/1", Row)));
    }
}

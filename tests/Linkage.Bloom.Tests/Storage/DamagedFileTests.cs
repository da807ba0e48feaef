using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class DamagedFileTests
{
    [Fact]
    public void Open_AnyByteOfTheFrameAltered_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 12);
        byte[] whole = File.ReadAllBytes(folder["a.lke"]);
        int table = (int)BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(whole.Length - FileLayout.FooterLength));

        IEnumerable<int> front = Enumerable.Range(0, FileLayout.PrefixLength + 64);
        foreach (int at in front.Concat(Enumerable.Range(table, whole.Length - table)))
        {
            AssertAltered(folder["a.lke"], at, 1);
            AssertAltered(folder["a.lke"], at, 0x80);
        }

        EncodedFile.Open(folder["a.lke"]).Dispose();
    }

    [Fact]
    public void Open_AnyByteAnywhereAltered_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 12);
        int length = (int)new FileInfo(folder["a.lke"]).Length;
        Prop.ForAll(Gen.Choose(0, length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
            AssertAltered(folder["a.lke"], at, (byte)change))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Open_AnyTruncation_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 3);
        int length = (int)new FileInfo(folder["a.lke"]).Length;
        using FileStream file = new(folder["a.lke"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        for (int shorter = length - 1; shorter >= 0; shorter--)
        {
            file.SetLength(shorter);
            Assert.Throws<EncodingFormatException>(() => EncodedFile.Open(folder["a.lke"]));
        }
    }

    [Fact]
    public void Open_BytesAppended_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 3);
        File.AppendAllText(folder["a.lke"], "x");

        HostileFile.AssertRefused(folder["a.lke"]);
    }

    [Fact]
    public void Open_NoEncodedFile_IsRefused()
    {
        using TempFolder folder = new();
        File.WriteAllBytes(folder["a.lke"], Noise.Bytes(1, 100_000));
        File.WriteAllBytes(folder["b.lke"], []);

        HostileFile.AssertRefused(folder["a.lke"]);
        HostileFile.AssertRefused(folder["b.lke"]);
    }

    [Fact]
    public void Open_RefusedFile_IsNotHeldOpen()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 3);
        HostileFile.Patch(folder["a.lke"], whole => whole[8] = (byte)(FileLayout.Version + 1));
        HostileFile.AssertRefused(folder["a.lke"]);

        using FileStream file = new(folder["a.lke"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(file.CanWrite);
    }

    private static void AssertAltered(string path, int at, byte change)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        byte[] original = new byte[1];
        RandomAccess.Read(file.SafeFileHandle, original, at);
        RandomAccess.Write(file.SafeFileHandle, [(byte)(original[0] ^ change)], at);
        HostileFile.AssertRefused(path);
        RandomAccess.Write(file.SafeFileHandle, original, at);
    }
}

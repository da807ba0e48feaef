using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Storage.Encryption;

public sealed class MasterKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeyFile => Path.Join(_folder.Path, "master.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_KeyFile_IsClosedToOthersAndNeverOverwritten()
    {
        MasterKey.Create(KeyFile);
        byte[] content = File.ReadAllBytes(KeyFile);

        Assert.False(FileRules.OthersMayUse(KeyFile));
        Assert.Throws<IOException>(() => MasterKey.Create(KeyFile));
        Assert.Equal(content, File.ReadAllBytes(KeyFile));
    }

    [Fact]
    public void Unwrap_SameKeyLoadedAgain_GivesTheDataKeyOfThatProjectAlone()
    {
        MasterKey.Create(KeyFile);
        byte[] dataKey = SealedBytes.NewKey();
        using var first = MasterKey.Load(KeyFile);
        using var second = MasterKey.Load(KeyFile);

        byte[] wrapped = first.Wrap("a", dataKey);

        Assert.Equal(dataKey, second.Unwrap("a", wrapped));
        Assert.Throws<StoreDamagedException>(() => second.Unwrap("b", wrapped));
        Assert.NotEqual(wrapped, first.Wrap("a", dataKey));
        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public void Load_AnyByteMissingOrNoDigit_IsRefusedWithoutTellingIt()
    {
        MasterKey.Create(KeyFile);
        byte[] content = File.ReadAllBytes(KeyFile);
        string digits = System.Text.Encoding.ASCII.GetString(content)[38..46];
        for (int i = 0; i < content.Length; i++)
        {
            byte[] shorter = [.. content[..i], .. content[(i + 1)..]];
            byte[] wrong = [.. content];
            wrong[i] = (byte)'G';
            foreach (byte[] bad in new[] { shorter, wrong, [.. content, 0] })
            {
                File.WriteAllBytes(KeyFile, bad);

                StoreDamagedException refused = Assert.Throws<StoreDamagedException>(() => MasterKey.Load(KeyFile));

                Assert.DoesNotContain(digits, refused.Message, StringComparison.Ordinal);
            }
        }
    }
}

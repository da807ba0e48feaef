using Grpc.Core;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>Encoders are used again while nothing has changed, and wiped when something has.</summary>
public sealed class LookupEncodersTests : IDisposable
{
    private static readonly LookupMaterial Usual = new(OwnerFolder.SchemaName, OwnerFolder.KeyName, "health", "");

    private readonly OwnerFolder _folder = new();
    private readonly LookupEncoders _encoders;

    public LookupEncodersTests()
    {
        _encoders = new LookupEncoders(new OwnerFiles(_folder.Directories), TimeProvider.System);
    }

    public void Dispose()
    {
        _encoders.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task UseAsync_OneAfterTheOther_IsTheSameEncoder()
    {
        Assert.Same(await TakeAsync(Usual), await TakeAsync(Usual));
        Assert.Equal(1, _encoders.KitCount);
    }

    [Fact]
    public async Task UseAsync_AnotherParty_IsAnotherEncoder()
    {
        RecordEncoder first = await TakeAsync(Usual);
        RecordEncoder second = await TakeAsync(Usual with { Party = "benefits" });

        Assert.NotSame(first, second);
        Assert.Equal(("health", "benefits"), (first.Party, second.Party));
    }

    [Fact]
    public async Task UseAsync_AtTheSameTime_AreEncodersOfTheirOwn()
    {
        RecordEncoder? inner = null;
        RecordEncoder outer = await await _encoders.UseAsync(
            Usual,
            async (_, encoder) =>
            {
                inner = await TakeAsync(Usual);
                return encoder;
            },
            CancellationToken.None);

        Assert.NotNull(inner);
        Assert.NotSame(outer, inner);
    }

    [Fact]
    public async Task UseAsync_KeyReplaced_EncodesWithTheNewOneAndWipesTheOldOne()
    {
        RecordEncoder first = await TakeAsync(Usual);
        string before = await CheckValueAsync();
        using LinkageKey other = LinkageKey.Generate("people");
        string path = Path.Join(_folder.Directories.Keys, OwnerFolder.KeyName);
        File.Delete(path);
        other.Save(path);

        Assert.NotEqual(before, await CheckValueAsync());
        Assert.True(IsWiped(first));
        Assert.Equal(1, _encoders.KitCount);
    }

    [Fact]
    public async Task UseAsync_KeyGone_IsRefusedAndWhatWasMadeOfItWiped()
    {
        RecordEncoder first = await TakeAsync(Usual);
        File.Delete(Path.Join(_folder.Directories.Keys, OwnerFolder.KeyName));

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => TakeAsync(Usual));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.True(IsWiped(first));
        Assert.Equal(0, _encoders.KitCount);
    }

    [Fact]
    public async Task UseAsync_WorkFails_EncoderIsNotUsedAgain()
    {
        RecordEncoder? first = null;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _encoders.UseAsync<int>(
            Usual,
            (_, encoder) =>
            {
                first = encoder;
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        Assert.NotSame(first, await TakeAsync(Usual));
        Assert.True(IsWiped(first!));
    }

    [Fact]
    public async Task UseAsync_ManyParties_ForgetsThoseUsedLongestAgo()
    {
        RecordEncoder first = await TakeAsync(Usual);
        for (int i = 0; i < LookupEncoders.MostKits; i++)
        {
            await TakeAsync(Usual with { Party = $"party{i}" });
        }

        Assert.Equal(LookupEncoders.MostKits, _encoders.KitCount);
        Assert.True(IsWiped(first));
    }

    [Fact]
    public async Task Sweep_NobodyAsksForAWhile_WipesAll()
    {
        TimerClock clock = new();
        using LookupEncoders encoders = new(new OwnerFiles(_folder.Directories), clock);
        RecordEncoder first = await encoders.UseAsync(Usual, (_, encoder) => encoder, CancellationToken.None);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 1), (encoders.KitCount, clock.Armed));
        for (int minute = 1; minute < 5; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((0, 0), (encoders.KitCount, clock.Armed));
        Assert.True(IsWiped(first));
    }

    [Fact]
    public async Task Sweep_KeyGone_WipesWithoutWaitingForALookup()
    {
        TimerClock clock = new();
        using LookupEncoders encoders = new(new OwnerFiles(_folder.Directories), clock);
        RecordEncoder first = await encoders.UseAsync(Usual, (_, encoder) => encoder, CancellationToken.None);
        File.Delete(Path.Join(_folder.Directories.Keys, OwnerFolder.KeyName));

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, encoders.KitCount);
        Assert.True(IsWiped(first));
    }

    [Fact]
    public async Task Dispose_EncodersReadyAndLent_WipesAll()
    {
        RecordEncoder ready = await TakeAsync(Usual);
        RecordEncoder lent = await _encoders.UseAsync(
            Usual with { Party = "benefits" },
            (_, encoder) =>
            {
                _encoders.Dispose();
                return encoder;
            },
            CancellationToken.None);

        Assert.True(IsWiped(ready));
        Assert.True(IsWiped(lent));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => TakeAsync(Usual));
    }

    private static bool IsWiped(RecordEncoder encoder)
    {
        try
        {
            using EncodedMessageWriter writer = new(encoder);
            writer.Add(OwnerFolder.Person(1));
            writer.Complete();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private Task<RecordEncoder> TakeAsync(LookupMaterial material) =>
        _encoders.UseAsync(material, (_, encoder) => encoder, CancellationToken.None);

    private Task<string> CheckValueAsync() => _encoders.UseAsync(
        Usual,
        (_, encoder) =>
        {
            using EncodedMessageWriter writer = new(encoder);
            writer.Add(OwnerFolder.Person(1));
            using EncodedFile file = EncodedFile.Read(writer.Complete().Content, "record");
            return file.Header.CheckValue;
        },
        CancellationToken.None);
}

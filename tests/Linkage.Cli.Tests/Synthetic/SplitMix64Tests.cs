using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic.Randomness;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_KnownSeed_GivesPublishedNumbers()
    {
        SplitMix64 generator = new(1234567);

        ulong[] numbers = [generator.Next(), generator.Next(), generator.Next(), generator.Next(), generator.Next()];

        Assert.Equal(
            [
                6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431,
                16408922859458223821,
            ],
            numbers);
    }

    [Fact]
    public void Derive_OtherIndex_GivesOtherSeed() =>
        Prop.ForAll<ulong, ulong, ulong>((seed, one, other) =>
            (SplitMix64.Derive(seed, StreamPurpose.Plan, one) == SplitMix64.Derive(seed, StreamPurpose.Plan, other))
            == (one == other))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Derive_OtherPurpose_GivesOtherSeed() =>
        Prop.ForAll<ulong, ulong>((seed, index) => Enum.GetValues<StreamPurpose>()
            .Select(purpose => SplitMix64.Derive(seed, purpose, index))
            .Distinct().Count() == Enum.GetValues<StreamPurpose>().Length)
            .QuickCheckThrowOnFailure();
}

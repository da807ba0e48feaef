using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Cli.Output;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Output;

public sealed class MapFileTests : IDisposable
{
    private const string Handle = "00112233445566778899aabbccddeeff";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_AnyHandlesAndIds_GivesThemInOrder()
    {
        Arbitrary<(ulong High, ulong Low)[]> handles = ArbMap.Default.GeneratorFor<(ulong, ulong)>().NonEmptyListOf()
            .Select(list => list.Distinct().ToArray()).ToArbitrary();
        Prop.ForAll(handles, list =>
        {
            MapEntry[] entries =
                [.. list.Select((handle, i) => new MapEntry(new UInt128(handle.High, handle.Low), $"id {i}"))];
            string path = _directory.PathOf("p.map.csv");
            _directory.Write("p.map.csv", "handle,source_id\n" + string.Concat(
                entries.Select(entry => string.Create(
                    CultureInfo.InvariantCulture, $"{entry.Handle:x32},{entry.SourceId}\n"))));
            return MapFile.Read(path, default).SequenceEqual(entries);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("00112233445566778899AABBCCDDEEFF,x")]
    [InlineData("00112233445566778899aabbccddeef,x")]
    [InlineData("00112233445566778899aabbccddeeff0,x")]
    [InlineData("+0112233445566778899aabbccddeeff,x")]
    [InlineData(Canary + ",x")]
    [InlineData(",x")]
    public void Read_NotAHandle_IsRefusedWithoutEcho(string row) =>
        AssertRefused($"{row}\n", "row 1 (line 2), column 'handle': not a handle of 32 lower-case hexadecimal digits");

    [Fact]
    public void Read_HandleTwice_IsRefused() => AssertRefused(
        $"{Handle},{Canary}\n{Handle},x\n", "row 2 (line 3), column 'handle': the handle occurs a second time");

    [Fact]
    public void Read_IdTwice_IsRefused() => AssertRefused(
        $"{Handle},{Canary}\n{new string('0', 32)},{Canary}\n",
        "row 2 (line 3), column 'source_id': the id is the same as in row 1");

    [Fact]
    public void Read_NoRows_IsRefused() => AssertRefused(string.Empty, "no data rows after the header row");

    [Fact]
    public void ToString_OfAnEntry_HidesTheId() =>
        Assert.DoesNotContain(Canary, new MapEntry(1, Canary).ToString(), StringComparison.Ordinal);

    private void AssertRefused(string rows, string problem)
    {
        string path = _directory.Write("a.map.csv", $"handle,source_id\n{rows}");

        Exception? exception = Record.Exception(() => MapFile.Read(path, default));

        Assert.Equal(new Failure(ExitCode.BadInput, $"{path}: {problem}"), Failure.From(exception!));
    }
}

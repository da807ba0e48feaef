using Linkage.Bloom.Storage;
using Linkage.Core.Merging;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Merging;

public sealed class RecordSpaceTests
{
    private static readonly int[] Counts = [0, 3, 0, 0, 2, 0];

    private static EncodedProject Encode()
    {
        var project = new EncodedProject(SmallSchemas.TwoNumbers);
        for (int party = 0; party < Counts.Length; party++)
        {
            project.Add($"party{party}", NumberRows.Make(Counts[party], 1));
        }

        return project;
    }

    [Fact]
    public void PartyOf_EmptyFilesAround_IsTheFileThatHoldsTheRecord()
    {
        using EncodedProject project = Encode();
        var space = new RecordSpace(project.Files);

        Assert.Equal(5, space.Count);
        Assert.Equal(Counts.Length, space.PartyCount);
        Assert.Equal([1, 1, 1, 4, 4], Enumerable.Range(0, 5).Select(space.PartyOf));
        Assert.Equal([1, 1, 1, 4, 4], space.Parties());
        Assert.Equal([0, 0, 3, 3, 3, 5], Enumerable.Range(0, 6).Select(space.Offset));
    }

    [Fact]
    public void Reference_EveryRecord_HasPartyAndHandleOfItsMergeSection()
    {
        using EncodedProject project = Encode();
        var space = new RecordSpace(project.Files);
        string[] expected =
        [
            .. project.Files.SelectMany(file => Enumerable.Range(0, file.Header.RecordCount).Select(
                record => $"{file.Header.Party}/{Convert.ToHexStringLower(file.Merge.Handle(record))}")),
        ];

        Assert.Equal(expected, Enumerable.Range(0, 5).Select(record => space.Reference(record).ToString()));
    }

    [Fact]
    public void Handles_WithinAFile_Rise()
    {
        using EncodedProject project = Encode();
        var space = new RecordSpace(project.Files);

        string[] handles = [.. Enumerable.Range(0, 3).Select(record => space.Reference(record).Handle)];

        Assert.Equal(handles.Order(StringComparer.Ordinal), handles);
    }

    [Fact]
    public void Reference_FilesDisposed_StillAnswers()
    {
        EncodedProject project = Encode();
        EncodedFile[] files = project.Files;
        var space = new RecordSpace(files);
        string before = space.Reference(4).Handle;
        project.Dispose();

        Assert.Equal(before, space.Reference(4).Handle);
        Assert.Throws<ObjectDisposedException>(() => files[1].Merge.Handle(0).Length);
    }

    [Fact]
    public void Count_OnlyEmptyFiles_IsZero()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", []);
        project.Add("right", []);

        var space = new RecordSpace(project.Files);

        Assert.Equal(0, space.Count);
        Assert.Empty(space.Parties());
    }
}

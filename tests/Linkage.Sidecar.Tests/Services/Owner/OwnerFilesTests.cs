using Grpc.Core;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Services.Owner.Support;

namespace Linkage.Sidecar.Tests.Services.Owner;

public sealed class OwnerFilesTests : IDisposable
{
    private readonly OwnerFolder _folder = new();
    private readonly OwnerFiles _files;

    public OwnerFilesTests()
    {
        _files = new OwnerFiles(_folder.Directories);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../keys/project.key")]
    [InlineData("/etc/hostname")]
    [InlineData("a\\b")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    [InlineData("ä.json")]
    public void Schema_NameThatIsNone_IsRefused(string name)
    {
        RpcException failure = Assert.Throws<RpcException>(() => _files.Schema(name, "schema"));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("schema", OwnerCalls.FieldOf(failure));
    }

    [Fact]
    public void Schema_SymbolicLink_IsAnsweredLikeAFileThatIsNotThere()
    {
        string outside = Path.Join(_folder.Root, "outside.json");
        File.Copy(_files.Schema(OwnerFolder.SchemaName, "schema"), outside);
        File.CreateSymbolicLink(Path.Join(_folder.Directories.Schemas, "link.json"), outside);

        RpcException linked = Assert.Throws<RpcException>(() => _files.Schema("link.json", "schema"));
        RpcException absent = Assert.Throws<RpcException>(() => _files.Schema("absent.json", "schema"));

        Assert.Equal(StatusCode.NotFound, linked.StatusCode);
        Assert.Equal(absent.Status, linked.Status);
    }

    [Fact]
    public void NewEncoded_OtherSuffix_IsRefused()
    {
        Assert.Throws<RpcException>(() => _files.NewEncoded("health.csv", "file_name"));
        Assert.Throws<RpcException>(() => _files.NewEncoded(".lke", "file_name"));
        Assert.Throws<RpcException>(() => _files.Map("health.lke", "map_file_name"));
    }

    [Fact]
    public void Sweep_RestsOfAKilledProcess_AreDeletedAndNothingElse()
    {
        File.WriteAllText(_folder.PathInOutput(".health.map.csv.0123456789ab.tmp"), "rest");
        File.WriteAllText(_folder.PathInOutput("health.lke"), "kept");

        _files.Sweep();

        Assert.Equal(["health.lke"], _folder.OutputNames());
    }
}

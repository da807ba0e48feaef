using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;

    public MigrationsTests()
    {
        _connection = new SqliteConnection($"Data Source={Path.Join(_folder.Path, "x.db")};Pooling=False");
        _connection.Open();
    }

    private long Version => _connection.Scalar("PRAGMA user_version");

    [Fact]
    public void Apply_NewFile_TakesEveryStepInOrder()
    {
        Migrations.Apply(_connection, ["CREATE TABLE a (x)", "ALTER TABLE a RENAME TO b"]);

        Assert.Equal(2, Version);
        Assert.Equal(0, _connection.Scalar("SELECT COUNT(*) FROM b"));
    }

    [Fact]
    public void Apply_OlderFile_TakesTheStepsItHasNotSeenAndKeepsItsRows()
    {
        Migrations.Apply(_connection, ["CREATE TABLE a (x)"]);
        _connection.Execute("INSERT INTO a VALUES (7)");

        Migrations.Apply(_connection, ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5"]);

        Assert.Equal(12, _connection.Scalar("SELECT x + y FROM a"));
    }

    [Fact]
    public void Apply_StepFailsHalfWay_LeavesTheFileAsTheStepBeforeDid()
    {
        Assert.Throws<SqliteException>(
            () => Migrations.Apply(_connection, ["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"]));

        Assert.Equal(1, Version);
        Assert.Equal(0, _connection.Scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'b'"));
    }

    [Fact]
    public void Apply_NewerFile_IsRefused()
    {
        Migrations.Apply(_connection, ["CREATE TABLE a (x)", "CREATE TABLE b (x)"]);

        StoreDamagedException refused = Assert.Throws<StoreDamagedException>(
            () => Migrations.Apply(_connection, ["CREATE TABLE a (x)"]));

        Assert.Contains("a newer sidecar has written it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FileOfAnotherProgram_IsRefusedAndNotChanged()
    {
        _connection.Execute("CREATE TABLE theirs (x)");

        Assert.Throws<StoreDamagedException>(() => Migrations.Apply(_connection));

        Assert.Equal(1, _connection.Scalar("SELECT COUNT(*) FROM sqlite_schema"));
    }

    [Fact]
    public void Apply_FileThatIsNoDatabase_IsReportedAsDamage()
    {
        string path = Path.Join(_folder.Path, "text.db");
        File.WriteAllText(path, new string('x', 5000));

        Assert.Throws<StoreDamagedException>(() => StoreDatabase.Open(path));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }
}

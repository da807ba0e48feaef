using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Brings a database file to the layout of this version, step by step and only forward.</summary>
internal static class Migrations
{
    /// <summary>Marks the file as ours, so that no other program's database is ever changed.</summary>
    private const int ApplicationId = 0x4C4E4B53; // "LNKS"

    private static readonly string[] Steps =
    [
        StoreSchema.Version1, StoreSchema.Version2, StoreSchema.DeletedRequests, StoreSchema.UploadTimes,
        StoreSchema.AuditMark, StoreSchema.Agreements, StoreSchema.Additions, StoreSchema.ProjectKeys,
        StoreSchema.Erasure, StoreSchema.AuditOutbox,
    ];

    /// <summary>Refuses a file that <see cref="Apply(SqliteConnection)"/> would refuse, and changes nothing.</summary>
    /// <exception cref="StoreDamagedException">The file is not a store, or a newer version has written it.</exception>
    public static void RequireOurs(SqliteConnection connection) => _ = Version(connection, Steps.Length);

    /// <summary>Refuses a file that is not of the newest layout, and changes nothing.</summary>
    /// <exception cref="StoreDamagedException">The file is not a store, or of another version.</exception>
    public static void RequireNewest(SqliteConnection connection)
    {
        if (Version(connection, Steps.Length) != Steps.Length)
        {
            throw new StoreDamagedException(
                $"{connection.DataSource}: is of an older layout; start the sidecar of this version first");
        }
    }

    /// <summary>Takes every step the file has not seen, each in a transaction of its own.</summary>
    /// <exception cref="StoreDamagedException">The file is not a store, or a newer version has written it.</exception>
    public static void Apply(SqliteConnection connection) => Apply(connection, Steps);

    /// <summary>Takes the steps given; a failing one leaves the file as the step before it did.</summary>
    internal static void Apply(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        for (int step = Version(connection, steps.Count); step < steps.Count; step++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(steps[step]);
            connection.Execute(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
            transaction.Commit();
        }
    }

    private static int Version(SqliteConnection connection, int newest)
    {
        int version = (int)connection.Scalar("PRAGMA user_version");
        long application = connection.Scalar("PRAGMA application_id");
        bool empty = connection.Scalar("SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (empty ? version != 0 : application != ApplicationId)
        {
            throw new StoreDamagedException($"{connection.DataSource}: is not a store of the sidecar");
        }

        return version <= newest ? version : throw new StoreDamagedException(
            $"{connection.DataSource}: has layout {version}, this version knows {newest} at most; "
            + "a newer sidecar has written it");
    }
}

using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Statements with parameters, each in one call.</summary>
internal static class SqlCommands
{
    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows changed.</returns>
    public static int Execute(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The one number a query gives.</summary>
    public static long Scalar(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return (long)(command.ExecuteScalar() ?? throw new InvalidOperationException("The query gave no row."));
    }

    /// <summary>All rows of a query.</summary>
    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> map,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>A column of bytes; faster than the reader's own way, which opens a stream for each.</summary>
    public static byte[] Bytes(this SqliteDataReader reader, int column) => (byte[])reader[column];

    /// <summary>A column of text that may be absent.</summary>
    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A column of time.</summary>
    public static DateTimeOffset Time(this SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    /// <summary>Now, as it is stored.</summary>
    public static long Now(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static SqliteCommand Command(
        SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}

using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <content>The encodings of added records go with the records.</content>
internal static partial class AddedRows
{
    /// <summary>Takes records out of all that was added to a party's file.</summary>
    public static void Erase(
        SqliteConnection connection, ProjectCipher cipher, string segmentId, IReadOnlyCollection<string> handles)
    {
        List<long> files = connection.Query(
            "SELECT id FROM added_files WHERE segment_id = $segment ORDER BY id",
            row => row.GetInt64(0),
            ("$segment", segmentId));
        files.ForEach(file => Reduce(connection, cipher, file, handles));
    }

    // A file of which no record is left goes.
    private static void Reduce(
        SqliteConnection connection, ProjectCipher cipher, long id, IReadOnlyCollection<string> handles)
    {
        (string place, byte[] content) = connection.Query(
            "SELECT segment_id, party, content FROM added_files WHERE id = $id",
            row => (PlaceOf(row.GetString(0), row.GetString(1)), row.Bytes(2)),
            ("$id", id)).Single();
        using var file = EncodedFile.Read(cipher.Open(place, content), "added");
        using MemoryStream reduced = new();
        int gone = EncodedFileReducer.Write(file, handles, reduced).Count;
        if (gone == file.Merge.RecordCount)
        {
            connection.Execute("DELETE FROM added_files WHERE id = $id", ("$id", id));
        }
        else if (gone > 0)
        {
            connection.Execute(
                "UPDATE added_files SET content = $content WHERE id = $id",
                ("$id", id),
                ("$content", cipher.Seal(place, reduced.GetBuffer().AsSpan(0, (int)reduced.Length))));
        }
    }
}

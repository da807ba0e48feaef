namespace Linkage.Sidecar.Storage;

/// <content>Uploads that are given up for want of more.</content>
internal static partial class StoreSchema
{
    /// <summary>
    /// When something last came of an upload, and whether it was given up for that. Uploads that are open when the
    /// store is brought to this layout have their whole time before them.
    /// </summary>
    public const string UploadTimes = """
        ALTER TABLE uploads ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE uploads ADD COLUMN expired INTEGER NOT NULL DEFAULT 0 CHECK (expired IN (0, 1));
        UPDATE uploads SET touched_at = CASE WHEN state = 0 THEN unixepoch() * 1000 ELSE created_at END;
        """;
}

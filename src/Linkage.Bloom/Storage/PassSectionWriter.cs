using System.Buffers.Binary;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>Protects and writes the rows of one pass, block after block.</summary>
internal static class PassSectionWriter
{
    public static void Write(
        ByteTarget target,
        long dataStart,
        FileLayout layout,
        int pass,
        PassPlan plan,
        RecordStore store,
        RecordEncoder encoder,
        RecordHandles handles)
    {
        ColumnWriter[] columns =
        [
            .. layout.PassColumns(pass).Select(column => new ColumnWriter(target, dataStart, column)),
        ];
        int[] travelling = [.. encoder.Facts.TravellingFields(pass)];
        bool scoped = encoder.Schema.Profile == ProtectionProfile.Standard;
        BlockScope scope = encoder.ScopeOf(pass);
        var random = new RandomBytes();
        ReadOnlySpan<byte> current = default;
        foreach (int record in plan.Records)
        {
            ReadOnlySpan<byte> row = store[record];
            ReadOnlySpan<byte> digest = encoder.Row.Digest(row, pass);
            if (scoped && !digest.SequenceEqual(current))
            {
                scope.Enter(digest[FileLayout.TokenWidth..]);
                current = digest;
            }

            digest[..FileLayout.TokenWidth].CopyTo(columns[0].Next());
            WriteHandle(random, columns[1].Next(), scoped ? default : handles[record]);
            uint presence = RecordRow.Presence(row);
            BinaryPrimitives.WriteUInt32LittleEndian(columns[2].Next(), presence);
            for (int i = 0; i < travelling.Length; i++)
            {
                int field = travelling[i];
                Span<byte> cell = columns[i + 3].Next();
                if ((presence >> field & 1) == 0)
                {
                    Filler.Fill(encoder.Schema.Fields[field], scoped, random, cell);
                }
                else
                {
                    WriteCell(scope, scoped, encoder.Schema.Fields[field], field, encoder.Row.Field(row, field), cell);
                }
            }
        }

        foreach (ColumnWriter column in columns)
        {
            column.Flush();
        }
    }

    private static void WriteCell(
        BlockScope scope, bool scoped, FieldSchema schema, int field, ReadOnlySpan<byte> encoded, Span<byte> cell)
    {
        if (!scoped)
        {
            encoded[..cell.Length].CopyTo(cell);
        }
        else if (schema.IsTag)
        {
            scope.MakeTag(field, encoded, cell);
        }
        else
        {
            scope.Protect(field, encoded, cell);
        }
    }

    // A fresh handle for every pass: shared ones would let the unit follow a record through all its blocks.
    private static void WriteHandle(RandomBytes random, Span<byte> cell, ReadOnlySpan<byte> shared)
    {
        if (shared.IsEmpty)
        {
            random.Fill(cell);
        }
        else
        {
            shared.CopyTo(cell);
        }
    }
}

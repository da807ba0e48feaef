using System.Security.Cryptography;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>Encodes fixed synthetic records the whole way, to tell whether two installations do it alike.</summary>
/// <remarks>
/// A key check value cannot see that one owner's software normalizes, cuts or diffuses otherwise than the other's; this
/// digest can. All its keys are of purposes of their own, so it touches nothing that a file contains.
/// </remarks>
internal static class SelfTest
{
    public const int DigestLength = SHA256.HashSizeInBytes;

    /// <summary>Computes the digest.</summary>
    /// <param name="schema">A valid schema.</param>
    /// <param name="keys">The project's keys.</param>
    /// <returns><see cref="DigestLength"/> bytes, to be disclosed under the check key only.</returns>
    public static byte[] Compute(LinkageSchema schema, KeyTree keys)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        NormalizedRecord[] records =
        [
            .. Enumerable.Range(0, SelfTestRecords.Count).Select(record => Normalize(schema, record)),
        ];
        byte[][][] encodings = [.. schema.Fields.Select(field => new byte[records.Length][])];
        for (int field = 0; field < encodings.Length; field++)
        {
            AddField(schema, field, keys, records, encodings[field], digest);
        }

        for (int pass = 0; pass < schema.Passes.Count; pass++)
        {
            AddPass(schema, pass, keys, records, encodings, digest);
        }

        Array.ForEach(records, record => record.Dispose());
        return digest.GetHashAndReset();
    }

    private static NormalizedRecord Normalize(LinkageSchema schema, int record)
    {
        var values = new NormalizedRecord(schema.Fields.Count);
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            FieldSchema field = schema.Fields[i];
            var normalizer = new FieldNormalizer(field.Kind, field.Role, DateOrder.YearMonthDay, field.MissingWords);
            values.Set(i, normalizer, SelfTestRecords.Cell(field.Kind, record));
        }

        return values;
    }

    private static void AddField(
        LinkageSchema schema,
        int field,
        KeyTree keys,
        NormalizedRecord[] records,
        byte[][] encodings,
        IncrementalHash digest)
    {
        using var encoder = new FieldEncoder(schema.Fields[field], keys, KeyPurpose.SelfTest);
        for (int record = 0; record < records.Length; record++)
        {
            byte[] encoding = new byte[FieldEncoder.BaseLength(schema.Fields[field])];
            AddFlag(digest, encoder.TryEncode(records[record][field], encoding));
            digest.AppendData(encoding);
            encodings[record] = encoding;
        }
    }

    // Also what the pass makes of the records: a machine whose vector instructions fail must not pass the check.
    private static void AddPass(
        LinkageSchema schema,
        int pass,
        KeyTree keys,
        NormalizedRecord[] records,
        byte[][][] encodings,
        IncrementalHash digest)
    {
        using var encoder = new BlockKeyEncoder(schema, pass, keys, KeyPurpose.SelfTest);
        using BlockScope scope = CreateScope(schema, pass, keys);
        byte[] blockKey = new byte[BlockKeyEncoder.DigestLength];
        for (int record = 0; record < records.Length; record++)
        {
            Array.Clear(blockKey);
            AddFlag(digest, encoder.TryEncode(records[record], blockKey));
            digest.AppendData(blockKey);
            scope.Enter(blockKey.AsSpan(blockKey.Length - CounterCipher.BlockLength));
            for (int field = 0; field < encodings.Length; field++)
            {
                AddOutput(schema, field, scope, encodings[field][record], digest);
            }
        }
    }

    private static void AddOutput(
        LinkageSchema schema, int field, BlockScope scope, byte[] encoding, IncrementalHash digest)
    {
        Span<byte> output = stackalloc byte[BaseFilter.ByteLength];
        if (schema.Fields[field].IsTag)
        {
            output = output[..BlockScope.TagLength];
            scope.MakeTag(field, encoding, output);
        }
        else
        {
            scope.Protect(field, encoding, output);
        }

        digest.AppendData(output);
    }

    private static BlockScope CreateScope(LinkageSchema schema, int pass, KeyTree keys)
    {
        string name = schema.Passes[pass].Name;
        byte[] diffusion = keys.Derive(KeyPurpose.SelfTest + KeyPurpose.Diffusion, "", name, CounterCipher.KeyLength);
        byte[] tag = keys.Derive(KeyPurpose.SelfTest + KeyPurpose.Tag, "", name, CounterCipher.KeyLength);
        var scope = new BlockScope(diffusion, tag, schema.KeyOwners());
        CryptographicOperations.ZeroMemory(diffusion);
        CryptographicOperations.ZeroMemory(tag);
        return scope;
    }

    private static void AddFlag(IncrementalHash digest, bool flag) => digest.AppendData([flag ? (byte)1 : (byte)0]);
}

using System.Security.Cryptography;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>Encodes fixed synthetic records the whole way, so that two installations can tell whether they do it alike.</summary>
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
        using var values = new NormalizedRecord(schema.Fields.Count);
        for (int record = 0; record < SelfTestRecords.Count; record++)
        {
            Normalize(schema, record, values);
            byte[][] encodings = AddFields(schema, keys, values, digest);
            for (int pass = 0; pass < schema.Passes.Count; pass++)
            {
                AddPass(schema, pass, keys, values, encodings, digest);
            }
        }

        return digest.GetHashAndReset();
    }

    private static void Normalize(LinkageSchema schema, int record, NormalizedRecord values)
    {
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            FieldSchema field = schema.Fields[i];
            var normalizer = new FieldNormalizer(field.Kind, field.Role, DateOrder.YearMonthDay, field.MissingWords);
            values.Set(i, normalizer, SelfTestRecords.Cell(field.Kind, record));
        }
    }

    private static byte[][] AddFields(
        LinkageSchema schema, KeyTree keys, NormalizedRecord values, IncrementalHash digest)
    {
        byte[][] encodings = new byte[schema.Fields.Count][];
        for (int i = 0; i < encodings.Length; i++)
        {
            using var encoder = new FieldEncoder(schema.Fields[i], keys, KeyPurpose.SelfTest);
            encodings[i] = new byte[FieldEncoder.BaseLength(schema.Fields[i])];
            AddFlag(digest, encoder.TryEncode(values[i], encodings[i]));
            digest.AppendData(encodings[i]);
        }

        return encodings;
    }

    // Also what the pass makes of the record: a machine whose vector instructions fail must not pass the check.
    private static void AddPass(
        LinkageSchema schema, int pass, KeyTree keys, NormalizedRecord values, byte[][] encodings, IncrementalHash digest)
    {
        Span<byte> blockKey = stackalloc byte[BlockKeyEncoder.DigestLength];
        blockKey.Clear();
        using (var encoder = new BlockKeyEncoder(schema, pass, keys, KeyPurpose.SelfTest))
        {
            AddFlag(digest, encoder.TryEncode(values, blockKey));
        }

        digest.AppendData(blockKey);
        using BlockScope scope = CreateScope(schema, pass, keys);
        scope.Enter(blockKey[^CounterCipher.BlockLength..]);
        Span<byte> output = stackalloc byte[BaseFilter.ByteLength];
        for (int i = 0; i < encodings.Length; i++)
        {
            output.Clear();
            if (schema.Fields[i].IsTag)
            {
                scope.MakeTag(i, encodings[i], output);
            }
            else
            {
                scope.Protect(i, encodings[i], output);
            }

            digest.AppendData(output);
        }
    }

    private static BlockScope CreateScope(LinkageSchema schema, int pass, KeyTree keys)
    {
        string name = schema.Passes[pass].Name;
        byte[] diffusion = keys.Derive(KeyPurpose.SelfTest + KeyPurpose.Diffusion, "", name, CounterCipher.KeyLength);
        byte[] tag = keys.Derive(KeyPurpose.SelfTest + KeyPurpose.Tag, "", name, CounterCipher.KeyLength);
        var scope = new BlockScope(diffusion, tag, schema.Fields.Count);
        CryptographicOperations.ZeroMemory(diffusion);
        CryptographicOperations.ZeroMemory(tag);
        return scope;
    }

    private static void AddFlag(IncrementalHash digest, bool flag) => digest.AppendData([flag ? (byte)1 : (byte)0]);
}

using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Normalization;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Tests.Blocking;

public class RecordAllocationTests
{
    // The base library boxes in code that is not optimized yet, so the law is that allocation stops, not when.
    private const int MostRounds = 1_000_000;

    private static readonly (FieldKind Kind, TokenKind Tokens, DerivationKind Derivation, string Cell)[] Fields =
    [
        (FieldKind.Name, TokenKind.QGram, DerivationKind.FS, "Mary-Ann"),
        (FieldKind.Name, TokenKind.QGram, DerivationKind.LS, "de la Peña"),
        (FieldKind.Date, TokenKind.DateParts, DerivationKind.Dx, "3 Feb 1990"),
        (FieldKind.Sex, TokenKind.Exact, DerivationKind.S, "female"),
        (FieldKind.Address, TokenKind.QGram, DerivationKind.ASx, "4708 North 19th Street, Apartment #12"),
        (FieldKind.Postcode, TokenKind.Positional, DerivationKind.Z, "19803-1234"),
        (FieldKind.Phone, TokenKind.Positional, DerivationKind.P, "+1 (918) 981-6570"),
        (FieldKind.Number, TokenKind.Exact, DerivationKind.N, "0259"),
    ];

    [Fact]
    public void NormalizeTokenizeDerive_AfterWarmUp_StopAllocating()
    {
        FieldNormalizer[] normalizers = [.. Fields.Select(field => Cells.Normalizer(field.Kind))];
        char[] normal = new char[FieldNormalizer.MaxLength];
        char[] key = new char[KeyDerivations.MaxLength];
        TokenBuffer tokens = new();
        long allocated = long.MaxValue;
        for (int round = 0; round < MostRounds && allocated != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Fields.Length; i++)
            {
                int length = normalizers[i].Normalize(Fields[i].Cell, normal, out _);
                tokens.Clear();
                FieldTokenizer.Tokenize(Fields[i].Kind, Fields[i].Tokens, 2, normal.AsSpan(0, length), tokens);
                KeyDerivations.Derive(Fields[i].Derivation, normal.AsSpan(0, length), key);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}

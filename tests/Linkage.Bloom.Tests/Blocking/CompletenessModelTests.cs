using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Blocking;

public class CompletenessModelTests
{
    private static readonly FieldSchema[] Fields =
    [
        FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName),
        FieldSchema.Create("last", FieldKind.Name, FieldRole.FamilyName),
        FieldSchema.Create("born", FieldKind.Date, FieldRole.BirthDate),
        FieldSchema.Create("four", FieldKind.Number, FieldRole.LastFour),
        FieldSchema.Create("tel", FieldKind.Phone, FieldRole.Phone),
        FieldSchema.Create("home", FieldKind.Address, FieldRole.Address),
        FieldSchema.Create("zip", FieldKind.Postcode, FieldRole.Postcode),
    ];

    private static readonly KeyPart Given = new(DerivationKind.F3, 0, -1);
    private static readonly KeyPart Family = new(DerivationKind.LS, 1, -1);
    private static readonly KeyPart Birth = new(DerivationKind.Dx, 2, -1);
    private static readonly KeyPart Four = new(DerivationKind.N, 3, -1);
    private static readonly KeyPart Phone = new(DerivationKind.P, 4, -1);
    private static readonly KeyPart Street = new(DerivationKind.ASx, 5, -1);
    private static readonly KeyPart Postcode = new(DerivationKind.Z, 6, -1);
    private static readonly KeyPart Soundex = new(DerivationKind.NS, 0, 1);

    [Fact]
    public void Predict_OnePassOfOneField_IsOneMinusItsRate()
    {
        Assert.Equal(1 - 0.045, Predict(1, Pass(Birth)), 12);
        Assert.Equal(1 - 0.025, Predict(1, Pass(Four)), 12);
        Assert.Equal(1 - 0.15, Predict(1, Pass(Phone)), 12);
        Assert.Equal(1 - 0.20, Predict(1, Pass(Street)), 12);
        Assert.Equal(0.96 * 0.92, Predict(1, Pass(Given)), 12);
        Assert.Equal(0.96 * 0.955, Predict(1, Pass(Family)), 12);
        Assert.Equal(1 - 0.135, Predict(3, Pass(Birth)), 12);
    }

    [Fact]
    public void Predict_PartsOfOneKey_MustAllAgree()
    {
        Assert.Equal(0.96 * 0.92 * 0.96 * 0.955, Predict(1, Pass(Given, Family)), 12);
        Assert.Equal(Predict(1, Pass(Given, Family)), Predict(1, Pass(Soundex)), 12);
    }

    [Fact]
    public void Predict_DisjointPasses_FailIndependently() =>
        Assert.Equal(1 - (0.045 * 0.025 * 0.15), Predict(1, Pass(Birth), Pass(Four), Pass(Phone)), 12);

    [Fact]
    public void Predict_PassesThatShareAField_FailTogetherByIt()
    {
        // Equal dates, and the four digits or the phone.
        Assert.Equal(
            0.955 * (1 - (0.025 * 0.15)), Predict(1, Pass(Birth, Four), Pass(Birth, Phone)), 12);
    }

    [Fact]
    public void Predict_AddressAndPostcode_ChangeByTheSameMove() =>
        Assert.Equal(0.80, Predict(1, Pass(Street), Pass(Postcode)), 12);

    [Fact]
    public void Predict_MissingValues_CountForBothRecords()
    {
        CompletenessModel model = new(Fields, [Pass(Birth)], _ => 0.9);

        Assert.Equal(0.955 * 0.81, model.Predict(1), 12);
    }

    [Fact]
    public void Predict_DroppedBlocks_LoseTheirShareUnlessAnotherPassHasThem()
    {
        Assert.Equal(0.955 * 0.7, Predict(1, Pass(Birth) with { Dropped = 0.3 }), 12);
        Assert.Equal(
            1 - ((1 - (0.955 * 0.7)) * 0.025), Predict(1, Pass(Birth) with { Dropped = 0.3 }, Pass(Four)), 12);
    }

    [Fact]
    public void Predict_NoPass_IsZero() => Assert.Equal(0, Predict(1));

    [Fact]
    public void PredictRange_AnyPasses_IsOnceTwiceAndThreeTimesTheErrors()
    {
        CompletenessModel model = new(Fields, [Pass(Birth)], _ => 1);

        Assert.Equal([1.0, 2.0, 3.0], model.PredictRange().Select(one => one.ErrorScale));
        Assert.Equal([0.955, 0.910, 0.865], model.PredictRange().Select(one => Math.Round(one.Completeness, 12)));
    }

    [Fact]
    public void Predict_MorePassesOrFewerErrors_IsNeverLess()
    {
        KeyPart[] parts = [Given, Family, Birth, Four, Phone, Street, Postcode, Soundex];
        Gen<int[]> masks = Gen.Choose(1, 255).ArrayOf(5);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(masks.ToArbitrary(), chosen =>
        {
            CompletenessPass[] passes =
                [.. chosen.Select(mask => Pass([.. parts.Where((_, i) => (mask >> i & 1) != 0)]))];
            double before = 0;
            for (int count = 1; count <= passes.Length; count++)
            {
                CompletenessModel model = new(Fields, passes[..count], part => 1 - (part.Field / 20.0));
                double[] range = [.. model.PredictRange().Select(one => one.Completeness)];
                if (range[0] < before - 1e-12 || range[1] > range[0] + 1e-12 || range[2] > range[1] + 1e-12)
                {
                    return false;
                }

                before = range[0];
            }

            return before <= 1;
        }));
    }

    private static CompletenessPass Pass(params KeyPart[] parts) => new(parts, 0);

    private static double Predict(double scale, params CompletenessPass[] passes) =>
        new CompletenessModel(Fields, passes, _ => 1).Predict(scale);
}

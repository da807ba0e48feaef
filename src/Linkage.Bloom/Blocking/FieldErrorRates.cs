using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>How often a field differs between two records of one person.</summary>
/// <remarks>
/// Round figures from what record-linkage studies report: a typing error in a name 4 %, a nickname or alias 8 %, a
/// changed family name 4.5 %, an error in a date of birth 4.5 %, a move 20 %, another phone 15 %, an error in four
/// digits 2.5 %. A field without a figure of its own takes the nearest: an e-mail address that of a phone, numbers and
/// identifiers that of four digits, a text, most often a place, that of a move. Sex counts as never differing.
/// </remarks>
internal static class FieldErrorRates
{
    private const double NameTypo = 0.04;
    private const double Alias = 0.08;
    private const double FamilyNameChange = 0.045;
    private const double BirthDate = 0.045;
    private const double Move = 0.20;
    private const double Phone = 0.15;
    private const double Digits = 0.025;

    /// <summary>Probability that the two records are from before and after a move.</summary>
    /// <param name="scale">Factor on the rate.</param>
    public static double MoveAt(double scale) => Math.Min(1, Move * scale);

    /// <summary>Whether a move changes a field; then <see cref="Of"/> is 0 and the move alone decides.</summary>
    public static bool ChangesByMove(FieldSchema field) =>
        field.Kind is FieldKind.Address or FieldKind.Postcode
        || (field.Kind == FieldKind.Text && field.Role == FieldRole.None);

    /// <summary>Probability that a field differs for a reason other than a move.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scale">Factor on every rate.</param>
    public static double Of(FieldSchema field, double scale) => field.Role switch
    {
        FieldRole.GivenName => Any(scale, NameTypo, Alias),
        FieldRole.FamilyName => Any(scale, NameTypo, FamilyNameChange),
        _ when ChangesByMove(field) => 0,
        _ => field.Kind switch
        {
            FieldKind.Name => Any(scale, NameTypo, Alias, FamilyNameChange),
            FieldKind.Date => Any(scale, BirthDate),
            FieldKind.Phone or FieldKind.Email => Any(scale, Phone),
            FieldKind.Number or FieldKind.Identifier => Any(scale, Digits),
            _ => 0,
        },
    };

    private static double Any(double scale, params ReadOnlySpan<double> rates)
    {
        double none = 1;
        foreach (double rate in rates)
        {
            none *= 1 - Math.Min(1, rate * scale);
        }

        return 1 - none;
    }
}

namespace Linkage.Bloom.Normalization;

/// <summary>The one letter that stands for a word for sex or gender.</summary>
internal static class SexForm
{
    /// <summary>
    /// Finds the letter: M, F or X. The digits 1 and 2 are those of ISO/IEC 5218; 3 is X in Australian practice. A
    /// word outside the table counts by its first letter when that is one of the three, which forgives typing errors.
    /// </summary>
    /// <param name="word">Letters and digits, folded; not empty.</param>
    /// <returns>The letter, or the null character when the word says nothing.</returns>
    public static char ToLetter(ReadOnlySpan<char> word) => word switch
    {
        "1" or "BOY" => 'M',
        "2" or "WOMAN" or "WOMEN" or "GIRL" => 'F',
        "3" or "NB" or "NONBINARY" or "ENBY" or "OTHER" or "INTERSEX" or "INTERSEXUAL" or "INDETERMINATE" or "DIVERSE"
            or "DIVERS" or "ANOTHER" or "GENDERQUEER" or "GENDERFLUID" or "TWOSPIRIT" => 'X',
        _ => word[0] is 'M' or 'F' or 'X' ? word[0] : '\0',
    };
}

namespace Linkage.Synthetic.Agencies;

/// <summary>How an agency writes words.</summary>
internal enum LetterCase
{
    Title,
    Upper,
    Lower,
}

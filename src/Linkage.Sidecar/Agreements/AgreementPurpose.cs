namespace Linkage.Sidecar.Agreements;

/// <summary>A purpose that an agreement allows.</summary>
/// <param name="Name">Its name, as calls state it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Fields">The fields of the schema it may use, or <c>*</c>.</param>
/// <param name="Outputs">What may come of it.</param>
internal sealed record AgreementPurpose(
    string Name,
    string Title,
    LegalBasis LegalBasis,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Outputs)
{
    /// <summary>Whether it may use every one of some fields.</summary>
    public bool Covers(IReadOnlyList<string> fields) =>
        fields.All(field => AgreementWords.Names(Fields, field));
}

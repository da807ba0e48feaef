namespace Linkage.Bloom.Schemas;

/// <summary>What a field means to the passes: the letter by which a derivation finds it.</summary>
public enum FieldRole
{
    /// <summary>No special meaning; passes may still use the field whole, by its name.</summary>
    None = 0,

    /// <summary>Given name: derivations F, F1, F3, FS and, with the family name, NS.</summary>
    GivenName,

    /// <summary>Family name: derivations L, L1, L3, LS and, with the given name, NS.</summary>
    FamilyName,

    /// <summary>Date of birth: derivations D, Dx, Y, YM, MD, MDx, YD.</summary>
    BirthDate,

    /// <summary>Sex: derivation S.</summary>
    Sex,

    /// <summary>Postcode: derivations Z, Z3, Z4.</summary>
    Postcode,

    /// <summary>Street address: derivations A, ASx.</summary>
    Address,

    /// <summary>Last four digits of an identifier: derivation N.</summary>
    LastFour,

    /// <summary>Telephone number: derivation P.</summary>
    Phone,
}

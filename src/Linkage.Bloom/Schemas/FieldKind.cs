namespace Linkage.Bloom.Schemas;

/// <summary>What a field holds; decides its normalization, its tokens and how it is compared.</summary>
public enum FieldKind
{
    /// <summary>Free text: cities, suburbs, occupations. Compared by q-grams.</summary>
    Text = 0,

    /// <summary>A given or family name. Compared by q-grams; spaces and hyphens do not count.</summary>
    Name,

    /// <summary>A calendar date. Compared by the positions of its digits, without the century.</summary>
    Date,

    /// <summary>Sex or gender in one letter. Compared for equality.</summary>
    Sex,

    /// <summary>A street address. Compared by q-grams of its words.</summary>
    Address,

    /// <summary>A telephone number; the last ten digits count. Compared by the positions of its digits.</summary>
    Phone,

    /// <summary>A postcode. Compared by the positions of its characters.</summary>
    Postcode,

    /// <summary>A short number, such as four digits of an identifier. Compared for equality.</summary>
    Number,

    /// <summary>
    /// A longer identifier in which typing errors matter. Compared by the positions of its characters.
    /// </summary>
    Identifier,

    /// <summary>An e-mail address. Compared by q-grams.</summary>
    Email,
}

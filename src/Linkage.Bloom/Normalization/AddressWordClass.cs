namespace Linkage.Bloom.Normalization;

/// <summary>What a word of a street address is besides a name.</summary>
internal enum AddressWordClass
{
    /// <summary>No word of the tables: part of a name, or a number.</summary>
    Other = 0,

    /// <summary>A street type, such as ST or AVE.</summary>
    StreetType,

    /// <summary>A direction, such as N or SW.</summary>
    Direction,

    /// <summary>A word before the number of a part of a building, such as APT or UNIT.</summary>
    Unit,
}

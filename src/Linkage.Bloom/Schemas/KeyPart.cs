namespace Linkage.Bloom.Schemas;

/// <summary>One part of a pass's block key, resolved to the fields it is derived from.</summary>
/// <param name="Kind">The derivation.</param>
/// <param name="Field">Index of its field; for <see cref="DerivationKind.NS"/> the given name's.</param>
/// <param name="SecondField">Index of the family name for <see cref="DerivationKind.NS"/>, else -1.</param>
internal readonly record struct KeyPart(DerivationKind Kind, int Field, int SecondField)
{
    /// <summary>Resolves the key parts of a pass.</summary>
    /// <exception cref="LinkageSchemaException">
    /// A part names no derivation and no field, or its field is absent.
    /// </exception>
    public static KeyPart[] Compile(LinkageSchema schema, int pass)
    {
        IReadOnlyList<string> key = schema.Passes[pass].Key;
        var parts = new KeyPart[key.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Resolve(schema, key[i], $"passes[{pass}].key[{i}]");
        }

        return parts;
    }

    /// <summary>
    /// True when the part holds the field's whole value, so that equality follows from sharing a block.
    /// </summary>
    public bool ImpliesWholeField(LinkageSchema schema) => Kind switch
    {
        DerivationKind.Whole or DerivationKind.F or DerivationKind.L or DerivationKind.D or DerivationKind.Z
            or DerivationKind.P or DerivationKind.S => true,
        DerivationKind.N => schema.Fields[Field].Role == FieldRole.LastFour,
        _ => false,
    };

    /// <summary>The role a derivation draws on; <see cref="FieldRole.None"/> for a whole field by name.</summary>
    public static FieldRole RoleOf(DerivationKind kind) => kind switch
    {
        DerivationKind.F or DerivationKind.F1 or DerivationKind.F3 or DerivationKind.FS or DerivationKind.NS
            => FieldRole.GivenName,
        DerivationKind.L or DerivationKind.L1 or DerivationKind.L3 or DerivationKind.LS => FieldRole.FamilyName,
        DerivationKind.D or DerivationKind.Dx or DerivationKind.Y or DerivationKind.YM or DerivationKind.MD
            or DerivationKind.MDx or DerivationKind.YD => FieldRole.BirthDate,
        DerivationKind.S => FieldRole.Sex,
        DerivationKind.Z or DerivationKind.Z3 or DerivationKind.Z4 => FieldRole.Postcode,
        DerivationKind.A or DerivationKind.ASx => FieldRole.Address,
        DerivationKind.N => FieldRole.LastFour,
        DerivationKind.P => FieldRole.Phone,
        _ => FieldRole.None,
    };

    private static KeyPart Resolve(LinkageSchema schema, string text, string place)
    {
        int named = schema.IndexOfField(text);
        if (named >= 0)
        {
            return new KeyPart(DerivationKind.Whole, named, -1);
        }

        if (!TryParseKind(text, out DerivationKind kind))
        {
            throw new LinkageSchemaException(place, "is neither a derivation nor the name of a field");
        }

        int field = IndexOfRole(schema, RoleOf(kind));
        int second = kind == DerivationKind.NS ? IndexOfRole(schema, FieldRole.FamilyName) : -1;
        if (field < 0 || (kind == DerivationKind.NS && second < 0))
        {
            throw new LinkageSchemaException(place, $"{text} needs a field with another role than the schema has");
        }

        return new KeyPart(kind, field, second);
    }

    internal static bool TryParseKind(string text, out DerivationKind kind) =>
        Enum.TryParse(text, ignoreCase: false, out kind)
        && kind != DerivationKind.Whole
        && string.Equals(kind.ToString(), text, StringComparison.Ordinal);

    private static int IndexOfRole(LinkageSchema schema, FieldRole role)
    {
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            if (schema.Fields[i].Role == role)
            {
                return i;
            }
        }

        return -1;
    }
}

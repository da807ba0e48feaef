using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>Makes names of fields from names of columns.</summary>
internal static class FieldNames
{
    private const int MaxLength = 50;

    /// <summary>The nearest name a schema allows.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="taken">Names that are gone already.</param>
    /// <returns>Letters, digits and underscores; the column's own name wherever that is allowed.</returns>
    public static string Make(string column, IReadOnlySet<string> taken)
    {
        string name = string.Concat(column.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        name = name[..Math.Min(name.Length, MaxLength)];
        if (!name.Any(char.IsAsciiLetterOrDigit))
        {
            name = "field";
        }

        // The names of derivations (S, D, MD) would be read as such in a pass.
        while (taken.Contains(name) || !IsAllowed(name))
        {
            name += "_";
        }

        return name;
    }

    private static bool IsAllowed(string name)
    {
        FieldSchema field = FieldSchema.Create(name, FieldKind.Text);
        PassSchema pass = new() { Name = "try", Key = [$"{name}_"] };
        LinkageSchema probe = new()
        {
            Fields = [field, FieldSchema.Create($"{name}_", FieldKind.Text)],
            Passes = [pass, pass with { Name = "again", Key = [name] }],
        };
        try
        {
            probe.Validate();
            return true;
        }
        catch (LinkageSchemaException)
        {
            return false;
        }
    }
}

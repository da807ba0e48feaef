using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>Reads who may call, and refuses credentials that would name two callers.</summary>
internal static class PrincipalReader
{
    private static readonly (string Word, CallerRoles Role)[] RoleWords =
    [
        ("party", CallerRoles.Party),
        ("analyst", CallerRoles.Analyst),
        ("operator", CallerRoles.Operator),
        ("auditor", CallerRoles.Auditor),
    ];

    /// <summary>Reads the member <c>principals</c>.</summary>
    public static IReadOnlyList<Principal> Read(SettingReader root)
    {
        List<Principal> principals = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (SettingReader section in root.Sections("principals"))
        {
            if (ReadOne(section, taken) is { } principal)
            {
                principals.Add(principal);
            }
        }

        return principals;
    }

    private static Principal? ReadOne(SettingReader section, HashSet<string> taken)
    {
        string? name = section.Text("name");
        if (name is null || !Principal.IsName(name))
        {
            section.Refuse("name", "must be 1 to 64 letters, digits, '_' or '-'");
        }
        else if (!taken.Add($"name {name}"))
        {
            section.Refuse("name", "stands twice");
        }

        CallerRoles role = RoleOf(section.Text("role"));
        if (role == CallerRoles.None)
        {
            section.Refuse("role", $"must be one of: {string.Join(", ", RoleWords.Select(pair => pair.Word))}");
        }

        IReadOnlyList<string> certificates = section.Texts("certificates");
        if (!certificates.All(RevokedCertificates.IsFingerprint))
        {
            section.Refuse("certificates", "must be SHA-256 fingerprints of 64 lower-case hexadecimal digits");
        }

        IReadOnlyList<string> subjects = section.Texts("subjects");
        IReadOnlyList<uint> userIds = section.Numbers("userIds");
        RefuseTaken(section, "certificates", certificates, taken);
        RefuseTaken(section, "subjects", subjects, taken);
        RefuseTaken(section, "userIds", userIds, taken);
        section.RefuseOthers();
        return name is null ? null : new Principal(name, role)
        {
            Certificates = certificates,
            Subjects = subjects,
            UserIds = userIds,
        };
    }

    private static CallerRoles RoleOf(string? word) =>
        RoleWords.FirstOrDefault(pair => pair.Word.Equals(word, StringComparison.Ordinal)).Role;

    private static void RefuseTaken<T>(
        SettingReader section, string name, IReadOnlyList<T> values, HashSet<string> taken)
    {
        foreach (T value in values)
        {
            if (!taken.Add(FormattableString.Invariant($"{name} {value}")))
            {
                section.Refuse(name, "has an entry that stands twice");
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The owner's own look at a project before a byte of an encoding leaves the house.</summary>
/// <remarks>The unit checks the same; the owner does not rely on it, for what was sent cannot be taken back.</remarks>
internal static class TermsCheck
{
    private const string Subject = "project";

    /// <summary>Refuses a project whose terms are not approved, or are not what the file was made by.</summary>
    /// <param name="project">The project as the unit tells it.</param>
    /// <param name="facts">What the file says, or will say; the check value may be empty, not being known yet.</param>
    /// <exception cref="Grpc.Core.RpcException">Something differs; the first thing that does is told.</exception>
    public static void Require(Project? project, EncodingFacts facts)
    {
        RequireApproval(project, facts.Party);
        Terms terms = project!.Terms;
        Require(
            facts.EncodingFingerprint == terms.EncodingFingerprint,
            ErrorReason.EncodingFingerprintDiffers,
            "The encoding fingerprint is not that of the terms.");
        Require(facts.KeyId == terms.KeyId, ErrorReason.KeyDiffers, "The key is not that of the terms.");
        Require(
            facts.Epoch == terms.Epoch, ErrorReason.KeyDiffers, "The generation of the key is not that of the terms.");
        Require(
            facts.CheckValue.Length == 0 || IsSame(facts.CheckValue, terms.CheckValue),
            ErrorReason.KeyDiffers,
            "The check value is not that of the terms.");
        Require(
            facts.KeyProject == terms.KeyProject,
            ErrorReason.PartyDiffers,
            "The key's project is not that of the terms.");
    }

    private static void RequireApproval(Project? project, string party)
    {
        Require(
            project?.State is not (ProjectState.Linking or ProjectState.Linked or ProjectState.Deleted),
            ErrorReason.WrongState,
            "The project takes no files in its state.");
        ProjectParty? own = project?.Parties.FirstOrDefault(one => one.Party == party);
        Require(
            project is null || (own is not null && own.State != PartyState.Withdrawn),
            ErrorReason.PartyDiffers,
            "The party is not one of the project's.");
        bool isApproved = project is { State: ProjectState.Approved, Terms: not null }
            && project.Parties.All(one => one.State is PartyState.Approved or PartyState.Withdrawn);
        Require(
            isApproved, ErrorReason.TermsNotApproved, "The project's terms are not approved by every party.");
    }

    private static void Require(bool holds, ErrorReason reason, string description)
    {
        if (!holds)
        {
            throw Refusals.Unmet(reason, Subject, description);
        }
    }

    private static bool IsSame(string left, string right) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}

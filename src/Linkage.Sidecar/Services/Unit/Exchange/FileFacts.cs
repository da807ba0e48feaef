using System.Security.Cryptography;
using System.Text;
using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Holds what a file says of itself against the terms.</summary>
internal static class FileFacts
{
    /// <summary>Refuses a file of another schema, key or party than the terms'.</summary>
    /// <param name="facts">What the header says, or is said to say.</param>
    /// <param name="terms">The terms in force.</param>
    /// <param name="party">The party that sends it.</param>
    /// <exception cref="RpcException">Something differs; all that does is told, by the first reason.</exception>
    public static void Require(EncodingFacts facts, ProjectTerms terms, string party)
    {
        List<(ErrorReason Reason, string Description)> differing = [];
        void Compare(bool isSame, ErrorReason reason, string what)
        {
            if (!isSame)
            {
                differing.Add((reason, $"The file's {what} is not that of the terms."));
            }
        }

        Compare(
            facts.EncodingFingerprint == terms.EncodingFingerprint,
            ErrorReason.EncodingFingerprintDiffers,
            "encoding fingerprint");
        Compare(facts.KeyId == terms.KeyId, ErrorReason.KeyDiffers, "key");
        Compare(facts.Epoch == terms.Epoch, ErrorReason.KeyDiffers, "key generation");
        Compare(IsSame(facts.CheckValue, terms.CheckValue), ErrorReason.KeyDiffers, "check value");
        Compare(facts.KeyProject == terms.KeyProject, ErrorReason.PartyDiffers, "project");
        if (facts.Party != party)
        {
            differing.Add((ErrorReason.PartyDiffers, "The file's party is not the one that sends it."));
        }

        if (differing.Count > 0)
        {
            throw Differ(differing);
        }
    }

    private static RpcException Differ(List<(ErrorReason Reason, string Description)> differing)
    {
        PreconditionFailure failure = new();
        failure.Violations.AddRange(differing.Select(one => new PreconditionFailure.Types.Violation
        {
            Type = Refusals.NameOf(one.Reason),
            Subject = "file",
            Description = one.Description,
        }));
        return Refusals.Of(differing[0].Reason, differing[0].Description, failure);
    }

    private static bool IsSame(string left, string right) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}

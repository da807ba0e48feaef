using Grpc.Core;
using Linkage.Sidecar.Services.Access;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Rulings that refuse as errors of the contract: reason, clause, citation.</summary>
internal static class DisclosureRefusals
{
    /// <summary>The error for a ruling that refuses.</summary>
    public static RpcException ToRpc(DisclosureRuling ruling)
    {
        (string Name, string Value)[] facts =
        [
            ("clause", ruling.Clause),
            ("citation", ruling.Citation),
            ("agreement_digest", ruling.AgreementDigest),
            ("request_id", ruling.RequestId),
        ];
        return Refusals.Of(
            ruling.Refusal, ruling.Message, [.. facts.Where(fact => fact.Value.Length > 0)]);
    }
}

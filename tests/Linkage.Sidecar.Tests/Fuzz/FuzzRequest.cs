using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>One request as it goes over the wire.</summary>
internal sealed class FuzzRequest
{
    public required int Seed { get; init; }

    public required int Index { get; init; }

    /// <summary>Full name of the method that was meant.</summary>
    public required string Rpc { get; init; }

    public required WireProtocol Protocol { get; init; }

    public required bool IsJson { get; init; }

    /// <summary>Whether the answer may have no end: then its beginning is enough.</summary>
    public required bool IsEndless { get; init; }

    public string Verb { get; set; } = "POST";

    public required string Path { get; set; }

    public required string ContentType { get; set; }

    public bool IsHttp1 { get; set; }

    /// <summary>The caller gives up after so many bytes of the body.</summary>
    public int? ResetAt { get; set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<byte[]> Messages { get; init; } = [];

    public byte[] Body { get; set; } = [];

    public HashSet<FuzzMutation> Mutations { get; } = [];

    /// <summary>What is needed to draw it again, and what it is.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"seed {Seed}, index {Index}: {Rpc} by {Protocol} {(IsJson ? "JSON" : "protobuf")}, HTTP/{(IsHttp1 ? 1 : 2)}, ")
        + $"mutated by [{string.Join(", ", Mutations.Order())}]";
}

using Grpc.Core;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Collects what is wrong with the fields of a request, so that all of it is told at once.</summary>
internal sealed class FieldChecks
{
    private readonly List<(string Field, string Description)> _wrong = [];

    /// <summary>Whether nothing was found wrong so far.</summary>
    public bool AllHold => _wrong.Count == 0;

    /// <summary>Notes a field unless a condition holds.</summary>
    public FieldChecks That(bool condition, string field, string description)
    {
        if (!condition)
        {
            _wrong.Add((field, description));
        }

        return this;
    }

    /// <summary>Notes a field unless it is that many lower-case hexadecimal digits.</summary>
    public FieldChecks Hex(string value, int digits, string field) => That(
        value.Length == digits && value.All(char.IsAsciiHexDigitLower),
        field,
        "Lower-case hexadecimal digits of a fixed number.");

    /// <summary>Ends the checks.</summary>
    /// <exception cref="RpcException">Something is wrong.</exception>
    public void Require()
    {
        if (!AllHold)
        {
            throw Refusals.BadFields(_wrong);
        }
    }
}

using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Agencies;

/// <summary>The dice and the tally of one copy: whether an error happens, and which have happened.</summary>
/// <remarks>Errors come together: a copy is made with more or less care, and the care multiplies every slip.</remarks>
internal sealed class ErrorLog
{
    private readonly List<string> _errors = [];
    private readonly Xoshiro256 _random;
    private readonly double _scale;
    private double _slips;
    private double _nameSlips;

    internal ErrorLog(Xoshiro256 random, double scale)
    {
        _random = random;
        _scale = scale;
    }

    /// <summary>Begins a copy.</summary>
    /// <param name="nameFactor">How much oftener than others this person's names are written wrongly.</param>
    internal void Begin(double nameFactor)
    {
        _errors.Clear();

        // Mean 1.015: most copies are made with care, one in ten is a bad record.
        double carelessness = _random.Unit() switch { < 0.63 => 0.4, < 0.9 => 1.1, _ => 4.65 };
        _slips = carelessness * _scale;
        _nameSlips = _slips * nameFactor;
    }

    /// <summary>Whether a circumstance, such as a move, leads to an error; care does not help.</summary>
    internal bool Happens(double rate) => _random.Chance(rate * _scale);

    /// <summary>Whether a slip happens; more often in a careless copy.</summary>
    internal bool Slips(double rate) => _random.Chance(rate * _slips);

    /// <summary>Whether a slip in a name happens.</summary>
    internal bool NameSlips(double rate) => _random.Chance(rate * _nameSlips);

    internal void Add(string kind)
    {
        if (!_errors.Contains(kind))
        {
            _errors.Add(kind);
        }
    }

    internal string Summary() => string.Join(';', _errors);
}

using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>What a tier is told, and where each of it was said.</summary>
/// <param name="options">The options.</param>
internal sealed class ServedOptions(DimecTierHostOptions options)
{
    private readonly Dictionary<string, string> _places = [];

    public DimecTierHostOptions Options => options;

    /// <summary>Notes that an option comes from the configuration.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="flag">What the command line calls it.</param>
    /// <param name="value">What it says.</param>
    /// <returns>The same value.</returns>
    public string From(string place, string flag, string value)
    {
        _places[flag] = place;
        return value;
    }

    /// <summary>The same errors, those of options from the configuration by the places where they stand.</summary>
    public InputException Placed(InputException wrong) => new([.. wrong.Errors.Select(Placed)]);

    private InputError Placed(InputError error)
    {
        var flag = error.Where.Split(' ')[0];
        return _places.TryGetValue(flag, out var place) ? error with { Where = place + error.Where[flag.Length..] } : error;
    }
}

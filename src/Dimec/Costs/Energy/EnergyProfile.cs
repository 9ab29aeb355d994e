using Dimec.Json;

namespace Dimec.Costs.Energy;

/// <summary>What is assumed of a mobile's energy where its machine cannot tell: the energy file.</summary>
public sealed record EnergyProfile
{
    /// <summary>Watts while it computes, beside those at rest. Default 2: an assumption, not a figure of any phone.</summary>
    public double ActiveWatts { get; init; } = 2;

    /// <summary>Watts while it waits for an answer, beside those at rest. Default 0.1: an assumption as well.</summary>
    public double WaitingWatts { get; init; } = 0.1;

    /// <summary>The radio. Default Wi-Fi.</summary>
    public Radio Radio { get; init; } = Radio.Published[0];

    /// <summary>The link's speed, kbit/s. Default 5000.</summary>
    public double Kilobits { get; init; } = 5000;

    /// <summary>Seconds from a request to the next, by which radio tails are cut short. Default 60.</summary>
    public double SecondsBetween { get; init; } = 60;

    /// <summary>
    /// Reads an energy file: <c>{"format":1,"activeWatts":2,"waitingWatts":0.1,"radio":"wifi","kilobitsASecond":5000,
    /// "secondsBetweenRequests":60}</c>; what it leaves out is as by default. <c>tailWatts</c> and <c>tailSeconds</c> replace the radio's.
    /// </summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static EnergyProfile Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(1);
        var usual = new EnergyProfile();
        var radio = ReadRadio(json, usual.Radio);
        var profile = new EnergyProfile
        {
            ActiveWatts = NotNegative(json, "activeWatts", usual.ActiveWatts),
            WaitingWatts = NotNegative(json, "waitingWatts", usual.WaitingWatts),
            Radio = radio with
            {
                TailWatts = NotNegative(json, "tailWatts", radio.TailWatts),
                TailSeconds = NotNegative(json, "tailSeconds", radio.TailSeconds),
            },
            Kilobits = NotNegative(json, "kilobitsASecond", usual.Kilobits),
            SecondsBetween = NotNegative(json, "secondsBetweenRequests", usual.SecondsBetween),
        };
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return profile;
    }

    private static Radio ReadRadio(JsonObjectReader json, Radio usual)
    {
        if (json.OptionalString("radio") is not { } name)
            return usual;
        if (Radio.Published.FirstOrDefault(radio => radio.Name == name) is { } found)
            return found;
        json.Problem("radio", $"'{name}' is not known", $"use one of {string.Join(", ", Radio.Published.Select(radio => radio.Name))}");
        return usual;
    }

    private static double NotNegative(JsonObjectReader json, string key, double usual)
    {
        var value = json.OptionalNumber(key) ?? usual;
        if (value < 0)
            json.Problem(key, FormattableString.Invariant($"is negative ({value})"), "give 0 or more");
        return value;
    }
}

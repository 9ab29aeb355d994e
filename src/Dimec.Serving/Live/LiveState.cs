using Dimec.Telemetry;

namespace Dimec.Serving.Live;

/// <summary>What holds at the moment, beside what was measured over time.</summary>
internal sealed class LiveState
{
    /// <summary>The unit of the plan's costs.</summary>
    public string? Unit { get; set; }

    /// <summary>What the plan expects to be answered where, in its order; empty: no client is here.</summary>
    public List<KeyValuePair<string, double>> Shares { get; } = [];

    public double? Reduction { get; private set; }

    public double? Accuracy { get; private set; }

    /// <summary>Whether other tiers' addresses can be asked.</summary>
    public Dictionary<(string Tier, string Address), bool> Up { get; } = [];

    /// <summary>The tier that is served here; null: none is.</summary>
    public string? Tier { get; private set; }

    public int Revision { get; private set; }

    /// <summary>How many requests wait here.</summary>
    public int Waiting { get; private set; }

    /// <summary>What is observed is about to be told anew.</summary>
    public void BeginLook()
    {
        Shares.Clear();
        Up.Clear();
        (Reduction, Accuracy, Waiting) = (null, null, 0);
    }

    /// <summary>A value of an instrument that says how things are.</summary>
    /// <param name="name">The instrument's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="tier">The tier that it is of.</param>
    /// <param name="place">Where samples are answered.</param>
    /// <param name="address">The address that it is of.</param>
    public void Measured(string name, double value, string? tier, string? place, (string Tier, string Address) address)
    {
        if (name == Instruments.BundleRevision.Name)
            (Tier, Revision) = (tier, (int)value);
        else if (name == Instruments.ServerQueueSize.Name)
            Waiting = (int)value;
        else if (name == Instruments.ClientTierUp.Name)
            Up[address] = value > 0;
        else if (name == Instruments.PlanShare.Name && place is not null)
            Shares.Add(new(place, value));
        else if (name == Instruments.PlanReduction.Name)
            Reduction = value;
        else if (name == Instruments.PlanAccuracy.Name)
            Accuracy = value;
    }
}

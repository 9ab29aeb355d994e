namespace Dimec.Serving.Live;

/// <summary>What was measured in a few seconds.</summary>
/// <param name="number">Its number among all slots since 1970.</param>
internal sealed class LiveSlot(long number)
{
    public long Number => number;

    /// <summary>Samples by where a client's plan had them answered: exit 0 or a tier.</summary>
    public Dictionary<string, long> Answers { get; } = [];

    /// <summary>The same samples by what came of them, and those that were cut or less sure than asked for.</summary>
    public Dictionary<string, long> Outcomes { get; } = [];

    public double Cost { get; set; }

    public double Reference { get; set; }

    /// <summary>How long a client's calls took.</summary>
    public LiveHistogram Calls { get; } = new();

    /// <summary>How sure answers were, by where they were given.</summary>
    public Dictionary<string, LiveConfidence> Confidence { get; } = [];

    /// <summary>Requests to other tiers, by tier and address.</summary>
    public Dictionary<(string Tier, string Address), LiveRequests> Asked { get; } = [];

    /// <summary>This tier's requests.</summary>
    public LiveRequests Served { get; } = new();

    /// <summary>How sure the exits were at which this tier's rows stopped.</summary>
    public Dictionary<int, LiveConfidence> Rows { get; } = [];

    /// <summary>Requests that this tier turned away.</summary>
    public long Refused { get; set; }
}

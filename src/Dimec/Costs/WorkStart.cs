namespace Dimec.Costs;

/// <summary>What a tier has of a sample when it begins a stretch of layers, and so what it cost to bring that there.</summary>
public enum WorkStart
{
    /// <summary>The text, from the mobile: o_t is paid.</summary>
    Text,

    /// <summary>Its own hidden state of the layers before, which never left it: nothing is paid.</summary>
    Here,

    /// <summary>A hidden state that the tier which had it sent on: the step between the two is paid.</summary>
    Forwarded,

    /// <summary>A hidden state that came back to the mobile and from there to the tier: the whole way from the mobile is paid.</summary>
    Carried,
}

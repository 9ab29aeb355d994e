namespace Dimec.Costs.Bench;

/// <summary>What a plan has the phone do, and how samples leave it.</summary>
internal enum Ways
{
    /// <summary>Nothing leaves the phone.</summary>
    PhoneAlone,

    /// <summary>Exit 0 is all that the phone runs: the text of the unsure goes to a tier.</summary>
    ExitZeroThenText,

    /// <summary>The phone runs layers, and a tier starts over from the text.</summary>
    LayersThenText,

    /// <summary>The phone runs layers, and a tier goes on from its hidden states.</summary>
    LayersThenStates,

    /// <summary>The phone runs nothing: all texts go to a tier.</summary>
    TextAtOnce,

    /// <summary>No plan keeps the drop.</summary>
    None,
}

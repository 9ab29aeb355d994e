namespace Dimec.Testing.Links;

/// <summary>What a link does to what is sent over it.</summary>
public enum LinkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It breaks every connection off at once, and before anything is said.</summary>
    Refuse,

    /// <summary>It breaks off in the middle of the next answer.</summary>
    Cut,

    /// <summary>The same, and is whole again then.</summary>
    CutOnce,

    /// <summary>It takes everything and hands nothing on; what is sent over it meanwhile is lost for good, with its connection.</summary>
    Hang,

    /// <summary>It hands nothing on until the fault is over, then everything: a process that was stopped and goes on.</summary>
    Stall,

    /// <summary>It hands answers on a byte at a time.</summary>
    Trickle,

    /// <summary>It turns the bits of answers round.</summary>
    Garbage,
}

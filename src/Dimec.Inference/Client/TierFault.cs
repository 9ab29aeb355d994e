namespace Dimec.Inference.Client;

/// <summary>What a failed call says of its tier.</summary>
internal enum TierFault
{
    /// <summary>Nothing: it refused this call, and takes others.</summary>
    None,

    /// <summary>Something may be wrong with it, or with this call.</summary>
    Possible,

    /// <summary>It was given less than half of its own time; whether it hangs is to be found out beside.</summary>
    Doubt,

    /// <summary>It cannot be had, or is no longer what it was.</summary>
    Outage,
}

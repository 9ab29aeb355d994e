namespace Dimec.Policies.Fitting;

/// <summary>
/// How the samples of the selection part are routed while thresholds are searched (an open choice of the method, section 5).
/// </summary>
public enum SelectionRouting
{
    /// <summary>By the nearest centroid, as inference will do. The default.</summary>
    Centroids,

    /// <summary>By their own pool membership, which needs the dynamics of the selection samples.</summary>
    Membership,
}

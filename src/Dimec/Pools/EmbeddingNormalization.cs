namespace Dimec.Pools;

/// <summary>
/// What is done to e(x) before centroids are made of it and distances measured (an open choice of the method, section 6).
/// </summary>
public enum EmbeddingNormalization
{
    /// <summary>The plain mean over tokens. The default.</summary>
    None,

    /// <summary>e(x) / ‖e(x)‖, so that distance is an angle; centroids are the plain means of these.</summary>
    UnitLength,
}

namespace Dimec.Planning;

/// <summary>
/// Against whom the allowed drop of a policy that looks at exit 0 is measured (method section 9); that of every other, the published ones
/// among them, is against the cloud as in the papers. Every drop is stated against both.
/// </summary>
public enum DropReference
{
    /// <summary>The cloud or the stacked cloud, whichever gets more of the selection part right. The default.</summary>
    Better,

    /// <summary>The cloud's exit alone.</summary>
    Cloud,
}

namespace Dimec.Planning;

/// <summary>
/// Against whom the allowed drop is measured where exit 0 was recorded (method section 9); every drop is stated against both.
/// </summary>
public enum DropReference
{
    /// <summary>The cloud or the stacked cloud, whichever gets more of the selection part right. The default.</summary>
    Better,

    /// <summary>The cloud's exit alone, as in the papers.</summary>
    Cloud,
}

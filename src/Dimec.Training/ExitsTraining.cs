namespace Dimec.Training;

/// <summary>How the exits below the last are trained.</summary>
public enum ExitsTraining
{
    /// <summary>All exits with the encoder, by the joint loss: the early ones may cost the last some accuracy.</summary>
    Joint,

    /// <summary>
    /// First the encoder with the last exit alone, for all epochs; then, both frozen and the encoder without dropout, the heads of the
    /// other exits, for as many again: the last exit is exactly the one of a run that has no other.
    /// </summary>
    Frozen,

    /// <summary>
    /// All exits with the encoder: one step goes down on the last exit's loss alone, the next on the joint loss, and so on through
    /// all epochs (BERxiT, Xin et al. 2021), so that the early exits pull at the encoder half as often.
    /// </summary>
    Alternating,
}

namespace Dimec.Inference;

/// <summary>What has become of the samples that were to be recorded.</summary>
/// <param name="File">The file.</param>
/// <param name="Recorded">The samples in it.</param>
/// <param name="Halvings">How often it was full and halved: a sample is drawn with the probability 2^−halvings.</param>
/// <param name="Dropped">Samples that were not waited for, since those before them took so long.</param>
/// <param name="Failed">Samples that were drawn, of which an exit could not be had, e.g. as a tier was down.</param>
/// <param name="Repeated">Samples that came again under the same name, as retries do; they are recorded once.</param>
public sealed record RecordingState(string File, int Recorded, int Halvings, long Dropped, long Failed, long Repeated)
{
    /// <summary>Why nothing is recorded any more, one sentence; null: it is.</summary>
    public string? Stopped { get; init; }
}

namespace Dimec.Text;

/// <summary>One part of a task: its samples in a fixed order, and the labels that their class indices point into.</summary>
public sealed class Dataset
{
    /// <summary>Creates a part.</summary>
    /// <param name="part"><c>train</c>, <c>selection</c>, <c>calibration</c> or <c>dev</c>.</param>
    /// <param name="samples">The samples, in order.</param>
    /// <param name="labels">The task's labels; a sample's <see cref="Sample.Label"/> is an index into them.</param>
    /// <param name="hasPair">Whether samples are pairs of texts.</param>
    /// <param name="skipped">How many rows of the part's file could not be used.</param>
    public Dataset(string part, IReadOnlyList<Sample> samples, IReadOnlyList<string> labels, bool hasPair, int skipped = 0)
    {
        Part = part;
        Samples = samples;
        Labels = labels;
        HasPair = hasPair;
        Skipped = skipped;
    }

    /// <summary>The part's name: <c>train</c>, <c>selection</c>, <c>calibration</c> or <c>dev</c>.</summary>
    public string Part { get; }

    /// <summary>The samples, in a fixed order.</summary>
    public IReadOnlyList<Sample> Samples { get; }

    /// <summary>The task's labels, the same in every part.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether samples are pairs of texts.</summary>
    public bool HasPair { get; }

    /// <summary>How many rows of the part's file were left out because they were short; always 0 for a user's own file.</summary>
    public int Skipped { get; }
}

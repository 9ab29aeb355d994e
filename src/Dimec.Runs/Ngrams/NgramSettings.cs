using System.Globalization;
using Dimec.Exits.Ngrams;
using Dimec.Text;

namespace Dimec.Runs.Ngrams;

/// <summary>What decides a run's exit 0, beside the run's texts and labels.</summary>
public sealed record NgramSettings
{
    /// <summary>How it is trained.</summary>
    public NgramOptions Options { get; init; } = new();

    /// <summary>The most tokens of a text that it reads, of a pair of each of the two; at least 1.</summary>
    public required int MaxLength { get; init; }

    /// <summary>
    /// W, 0 … 1: a training sample's target is (1 − W) · its label + W · what the last exit says of it. Default: 0, the label alone.
    /// </summary>
    public double Soft { get; init; }

    /// <summary>The file of texts without labels whose targets are what the last exit says of them. Default: none.</summary>
    public DataSource? Unlabelled { get; init; }

    /// <summary>Whether the last exit has to be asked: to say something of the training samples, or of texts without labels.</summary>
    public bool AsksLastExit => Soft > 0 || Unlabelled is not null;

    /// <summary>Adds everything that is out of range.</summary>
    /// <param name="errors">Where to.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Options.Validate(errors);
        if (!(Soft is >= 0 and <= 1))
        {
            errors.Add(
                OptionNames.Of<NgramSettings>(nameof(Soft)), $"is {Soft.ToString(CultureInfo.InvariantCulture)}", "choose 0 … 1");
        }
    }

    /// <summary>Whether others give the same exit: how a file is called does not matter.</summary>
    /// <param name="other">The others.</param>
    public bool IsSameAs(NgramSettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Unlabelled = other.Unlabelled } == other && Unlabelled?.Version == other.Unlabelled?.Version;
    }
}

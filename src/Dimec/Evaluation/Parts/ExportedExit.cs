using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Evaluation.Parts;

/// <summary>An exit as it was trained beside the same exit as it was exported, on the same samples.</summary>
/// <param name="Exit">The layer that carries it.</param>
/// <param name="Trained">The share of right answers as trained.</param>
/// <param name="Exported">The same as exported.</param>
/// <param name="Difference">Exported − trained, with its 95 % paired interval.</param>
/// <param name="Equal">The share of samples that both give the same label.</param>
public sealed record ExportedExit(int Exit, double Trained, double Exported, Estimate Difference, double Equal)
{
    /// <summary>Compares the exits that both records have.</summary>
    /// <param name="trained">What the trained model says of a part, with the true class of every sample known.</param>
    /// <param name="exported">What the exported models say of it.</param>
    /// <exception cref="InputException">A true class is unknown, or the records are of other samples or classes, or have no exit in
    /// common.</exception>
    public static IReadOnlyList<ExportedExit> Compare(RecordedExits trained, RecordedExits exported)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(exported);
        trained.RequireGold();
        if (!exported.Guids.SequenceEqual(trained.Guids) || exported.Classes != trained.Classes)
        {
            throw new InputException(
                $"predictions/{exported.Part}.jsonl", $"is of other samples or classes than the part '{trained.Part}' of the run",
                "record the bundle's exits on the data that the run was trained on");
        }

        int[] both = [.. exported.Exits.Intersect(trained.Exits)];
        return both.Length > 0
            ? [.. both.Select(exit => Of(trained, exported, exit))]
            : throw new InputException(
                $"predictions/{exported.Part}.jsonl",
                $"has the exits {string.Join(", ", exported.Exits)}, none of which the run has ({string.Join(", ", trained.Exits)})",
                "record a bundle that was exported from the run");
    }

    private static ExportedExit Of(RecordedExits trained, RecordedExits exported, int exit)
    {
        var (own, other) = (trained.IndexOfExit(exit), exported.IndexOfExit(exit));
        var (before, after) = (trained.Right(own), exported.Right(other));
        var (right, found) = (before.Count(isRight => isRight), after.Count(isRight => isRight));
        var drop = PairedDrop.Interval(after, before, trained.Gold);
        double n = trained.Count;
        return new ExportedExit(
            exit, right / n, found / n, new Estimate((found - right) / n, new Interval(-drop.Upper, -drop.Lower)),
            Enumerable.Range(0, trained.Count).Count(i => trained.Answer(i, own).Label == exported.Answer(i, other).Label) / n);
    }
}

using System.Globalization;
using Dimec.Evaluation.Metrics;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Training.Divergence;

/// <summary>What a finished training's user should know before using it: it ended well, and may be worth nothing.</summary>
internal static class RunWarnings
{
    /// <summary>The warnings, a sentence each.</summary>
    /// <param name="selection">The finished model's answers to the selection part.</param>
    /// <param name="train">The training part, which says what the majority is.</param>
    /// <param name="settings">How it was trained.</param>
    public static IReadOnlyList<string> Of(RecordedExits selection, Dataset train, TrainingSettings settings) =>
        [.. Alike(selection, settings), .. NoBetter(selection, train, settings)];

    /// <summary>Single exits that died; were it all of them, the training would have been stopped.</summary>
    private static IEnumerable<string> Alike(RecordedExits selection, TrainingSettings settings)
    {
        int[] alike = [.. selection.Exits.Where((_, exit) => AnswerSpread.Of(selection, exit) < AnswerSpread.Alike)];
        if (alike.Length > 0 && selection.Count > 1)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(alike.Length == 1 ? "Exit" : "Exits")} {string.Join(" and ", alike)} "
                + $"{(alike.Length == 1 ? "answers" : "answer")} all {selection.Count} selection samples alike: "
                + $"lower {TrainingOptionNames.LearningRate} (it was {settings.LearningRate:G4}).");
        }
    }

    private static IEnumerable<string> NoBetter(RecordedExits selection, Dataset train, TrainingSettings settings)
    {
        var accuracy = ExitAccuracy.OfAll(selection);
        // With class weights the majority is what the training was told not to go for.
        if (accuracy.Count == 0 || settings.ClassWeights)
            yield break;
        var majority = train.Samples.CountBy(sample => sample.Label).MaxBy(count => count.Value).Key;
        var share = selection.Gold.Count(gold => gold == majority) / (double)selection.Gold.Count(gold => gold >= 0);
        if (accuracy.Max(exit => exit.Share) <= share)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"No exit is better on the selection part than always answering \"{train.Labels[majority]}\", "
                + $"which is right for {share:0.0000}: lower {TrainingOptionNames.LearningRate} (it was {settings.LearningRate:G4}), "
                + $"raise {TrainingOptionNames.Epochs} (they were {settings.Epochs}), or use another {TrainingOptionNames.Backbone}.");
        }
    }
}

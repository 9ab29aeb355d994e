using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>The stacked exits of a selection part's paths, fitted once for each beginning of a path, with what they say there.</summary>
/// <param name="part">The selection part.</param>
/// <param name="options">Whether exits are combined, else each is taken as it is; and what thresholds cut.</param>
/// <param name="deepest">The last tier's exit.</param>
internal sealed class LadderStacks(RecordedExits part, FittingOptions options, int deepest)
{
    private readonly Dictionary<string, (StackedExit Stacked, ExitAnswer[] Answers)> _known = [];
    private readonly Dictionary<string, (LearnedScore? Score, double[] Scores)> _scores = [];

    /// <summary>The last of some exits, combined with those before.</summary>
    /// <param name="exits">The exits passed, ascending.</param>
    public (StackedExit Stacked, ExitAnswer[] Answers) Of(int[] exits)
    {
        var key = string.Join(',', exits);
        if (!_known.TryGetValue(key, out var found))
        {
            // One exit alone is left as it is: its scale would move its threshold and nothing else.
            var stacked = options.Stack && exits.Length > 1 ? ExitStacker.Fit(part, exits) : StackedExit.Plain(exits[^1..]);
            _known[key] = found = (stacked, StackedAnswers.Of(stacked, part));
        }

        return found;
    }

    /// <summary>How sure the last of some exits is of each sample: what its threshold cuts.</summary>
    /// <param name="exits">The exits passed, ascending.</param>
    /// <returns>The score that was learned, null where it is the confidence; and its value for each sample.</returns>
    public (LearnedScore? Score, double[] Scores) ScoreOf(int[] exits)
    {
        var key = string.Join(',', exits);
        if (!_scores.TryGetValue(key, out var found))
            _scores[key] = found = IsLearned ? Learned(exits) : (null, Confidences(exits));
        return found;
    }

    private bool IsLearned => options.Score == ScoreKind.Learned && part.Classes > 2;

    private double[] Confidences(int[] exits) => [.. Of(exits).Answers.Select(answer => (double)answer.Confidence)];

    private (LearnedScore Score, double[] Scores) Learned(int[] exits)
    {
        var (stacked, answers) = Of(exits);
        var cloud = Of(part.HasExitZero ? [0, deepest] : [deepest]).Answers;
        var (size, classes) = (StopFeatures.Names.Count, new double[part.Classes]);
        var features = new double[part.Count * size];
        for (var sample = 0; sample < part.Count; sample++)
        {
            StackedAnswers.Combine(stacked, part, sample, classes);
            var passed = default(PassedExits);
            foreach (var exit in exits.SkipLast(1))
                passed.Add(part.LogitsAt(sample, exit), answers[sample].Label);
            StopFeatures.Fill(classes, part.LogitsAt(sample, exits[^1]), passed, features.AsSpan(sample * size, size));
        }

        var (bias, weights) =
            LogisticFit.Of(features, size, [.. answers.Select((answer, sample) => answer.Label == cloud[sample].Label)]);
        var score = new LearnedScore(bias, weights);
        return (score, [.. answers.Select((_, sample) => score.Of(features.AsSpan(sample * size, size)))]);
    }
}

using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Policies.Hybrid;

/// <summary>
/// What a selection part tells of its exits, whatever tiers cost: each stacked on exit 0, and how likely it is to be right.
/// </summary>
internal sealed class HybridModels
{
    private readonly Dictionary<int, (StackedExit Stacked, ExitAnswer[] Answers)> _exits = [];
    private readonly Dictionary<int, (LearnedScore Score, double[] Right)> _right = [];

    /// <summary>Fits them.</summary>
    /// <param name="fitting">The selection part, and where e(x) is looked at the training samples.</param>
    /// <param name="layers">The exits of layers.</param>
    public HybridModels(PolicyFitting fitting, IReadOnlyList<int> layers)
    {
        var part = fitting.Selection;
        Map = fitting.Options.Entry == EntryKind.Map ? MapRegression.Of(fitting.Training!, fitting.Memory) : null;
        var size = EntryFeatures.Count(Map is not null);
        var (features, scores) = (new double[part.Count * size], new double[part.Classes]);
        for (var sample = 0; sample < part.Count; sample++)
        {
            EntryFeatures.Fill(
                part.ZeroLogits(sample), part.Embedding(sample), Map, scores, features.AsSpan(sample * size, size));
        }

        foreach (var exit in layers.Prepend(0))
        {
            var stacked = exit > 0 && fitting.Options.Stack ? ExitStacker.Fit(part, [0, exit]) : StackedExit.Plain([exit]);
            var answers = StackedAnswers.Of(stacked, part);
            var (bias, weights) = LogisticFit.Of(
                features, size, [.. answers.Select((answer, sample) => answer.Label == fitting.Wanted[sample])]);
            var score = new LearnedScore(bias, weights);
            _exits.Add(exit, (stacked, answers));
            _right.Add(exit, (score, [.. answers.Select((_, sample) => score.Of(features.AsSpan(sample * size, size)))]));
        }
    }

    /// <summary>What e(x) says of the data map; null where it is not looked at.</summary>
    public MapModel? Map { get; }

    /// <summary>An exit combined with exit 0, and what that answers.</summary>
    public (StackedExit Stacked, ExitAnswer[] Answers) Exit(int exit) => _exits[exit];

    /// <summary>How likely an exit is to be right of each sample, before a layer has run.</summary>
    public (LearnedScore Score, double[] Right) Right(int exit) => _right[exit];
}

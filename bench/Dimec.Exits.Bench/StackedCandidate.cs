using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Exits.Bench;

/// <summary>
/// Exits of a run beside the logits of a candidate, as exits of layers 1 (the candidate), 2 … : fits stacked exits on selection and says
/// what they get right, on selection where they were not fitted (ten folds), on dev with what all of selection says.
/// </summary>
internal sealed class StackedCandidate
{
    /// <summary>The candidate's place among the exits.</summary>
    public const int Candidate = 1;

    private const int Folds = 10;

    private readonly RecordedExits _selection;
    private readonly RecordedExits _dev;

    /// <param name="run">The run.</param>
    /// <param name="selection">The candidate's logits of the selection samples.</param>
    /// <param name="dev">The candidate's logits of the dev samples.</param>
    /// <param name="layers">The run's exits to keep, from layer 2.</param>
    public StackedCandidate(BenchRun run, float[][] selection, float[][] dev, int[] layers) =>
        (_selection, _dev) = (Join(run.Selection, selection, layers), Join(run.Dev, dev, layers));

    /// <summary>What a stacked exit gains by other inputs, on selection and on dev.</summary>
    public (PairedGain Selection, PairedGain Dev) Gain(int[] before, int[] after) =>
        (PairedGain.Of(CrossFitted(before), CrossFitted(after)), PairedGain.Of(OnDev(before), OnDev(after)));

    private static RecordedExits Join(RecordedExits part, float[][] candidate, int[] layers)
    {
        var builder = new RecordedExitsBuilder(part.Part, [Candidate, .. layers], part.Classes, 0, exitZero: true);
        for (var i = 0; i < part.Count; i++)
        {
            builder.Add(
                part.Guids[i], part.Gold[i],
                [.. part.ZeroLogits(i), .. candidate[i], .. layers.SelectMany(layer => part.LogitsAt(i, layer).ToArray())], []);
        }

        return builder.Build();
    }

    private bool[] CrossFitted(int[] inputs)
    {
        var right = new bool[_selection.Count];
        for (var held = 0; held < Folds; held++)
        {
            var fold = Enumerable.Range(0, _selection.Count).ToLookup(i => i % Folds == held);
            var stacked = ExitStacker.Fit(_selection.Subset("fold", [.. fold[false]]), inputs);
            foreach (var i in fold[true])
                right[i] = IsRight(stacked, _selection, i);
        }

        return right;
    }

    private bool[] OnDev(int[] inputs)
    {
        var stacked = ExitStacker.Fit(_selection, inputs);
        return [.. Enumerable.Range(0, _dev.Count).Select(i => IsRight(stacked, _dev, i))];
    }

    private static bool IsRight(StackedExit stacked, RecordedExits part, int sample)
    {
        Span<double> scores = new double[part.Classes];
        stacked.Begin(scores);
        foreach (var (place, layer) in stacked.Inputs.Index())
            stacked.Add(place, part.LogitsAt(sample, layer), scores);
        return StackedExit.Answer(scores).Label == part.Gold[sample];
    }
}

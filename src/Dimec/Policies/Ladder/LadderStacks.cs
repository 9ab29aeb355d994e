using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>The stacked exits of a selection part's paths, fitted once for each beginning of a path, with what they say there.</summary>
/// <param name="part">The selection part.</param>
/// <param name="stack">Whether exits are combined; else each is taken as it is.</param>
internal sealed class LadderStacks(RecordedExits part, bool stack)
{
    private readonly Dictionary<string, (StackedExit Stacked, ExitAnswer[] Answers)> _known = [];

    /// <summary>The last of some exits, combined with those before.</summary>
    /// <param name="exits">The exits passed, ascending.</param>
    public (StackedExit Stacked, ExitAnswer[] Answers) Of(int[] exits)
    {
        var key = string.Join(',', exits);
        if (!_known.TryGetValue(key, out var found))
        {
            // One exit alone is left as it is: its scale would move its threshold and nothing else.
            var stacked = stack && exits.Length > 1 ? ExitStacker.Fit(part, exits) : StackedExit.Plain(exits[^1..]);
            _known[key] = found = (stacked, Answers(stacked));
        }

        return found;
    }

    private ExitAnswer[] Answers(StackedExit stacked)
    {
        var answers = new ExitAnswer[part.Count];
        if (stacked.IsPlain)
        {
            // As the policy gives them: in fp32, by the exit itself.
            for (var sample = 0; sample < answers.Length; sample++)
                answers[sample] = part.AnswerAt(sample, stacked.Inputs[^1]);
            return answers;
        }

        var scores = new double[part.Classes];
        for (var sample = 0; sample < answers.Length; sample++)
        {
            stacked.Begin(scores);
            for (var input = 0; input < stacked.Inputs.Count; input++)
                stacked.Add(input, part.LogitsAt(sample, stacked.Inputs[input]), scores);
            answers[sample] = StackedExit.Answer(scores);
        }

        return answers;
    }
}

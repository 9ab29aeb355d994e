using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>What stacked exits say of a part's samples.</summary>
internal static class StackedAnswers
{
    /// <summary>The answers of one stacked exit.</summary>
    /// <param name="stacked">The exit.</param>
    /// <param name="part">The part; its exits are those that are combined, and more.</param>
    public static ExitAnswer[] Of(StackedExit stacked, RecordedExits part)
    {
        var (answers, scores) = (new ExitAnswer[part.Count], new double[part.Classes]);
        for (var sample = 0; sample < answers.Length; sample++)
        {
            // A plain one is taken as the policy gives it: in fp32, by the exit itself.
            if (stacked.IsPlain)
            {
                answers[sample] = part.AnswerAt(sample, stacked.Inputs[^1]);
                continue;
            }

            Combine(stacked, part, sample, scores);
            answers[sample] = StackedExit.Answer(scores);
        }

        return answers;
    }

    /// <summary>The answers of an exit combined with exit 0, fitted on one part and read on another.</summary>
    /// <param name="selection">The part to fit on.</param>
    /// <param name="part">The part to read.</param>
    /// <param name="exit">The exit's layer.</param>
    public static ExitAnswer[] OnExitZero(RecordedExits selection, RecordedExits part, int exit) =>
        Of(ExitStacker.Fit(selection, [0, exit]), part);

    /// <summary>A sample's scores, one a class.</summary>
    public static void Combine(StackedExit stacked, RecordedExits part, int sample, Span<double> scores)
    {
        stacked.Begin(scores);
        for (var input = 0; input < stacked.Inputs.Count; input++)
            stacked.Add(input, part.LogitsAt(sample, stacked.Inputs[input]), scores);
    }
}

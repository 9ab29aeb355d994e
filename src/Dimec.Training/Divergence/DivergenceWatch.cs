using System.Globalization;
using Dimec.Training.Optimization;
using Dimec.Training.Resume;

namespace Dimec.Training.Divergence;

/// <summary>
/// Stops a training that cannot come to anything, with a sentence that says what to change.
/// Without a probe, nothing that is trained can collapse the network.
/// </summary>
internal sealed class DivergenceWatch(double learningRate, int classes, int steps, CollapseProbe? probe)
{
    /// <summary>Steps between two looks at the answers.</summary>
    private const int Interval = 50;

    /// <summary>Looks at the step numbered <paramref name="step"/>, from 0.</summary>
    /// <exception cref="JobException">The training has diverged or the network collapsed.</exception>
    public void After(StepResult result, LossHistory losses, int step, bool epochEnds)
    {
        if (!result.IsFinite && step == 0)
        {
            throw new JobException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged at step 1 of {steps} (loss {result.Loss}, gradient norm {result.GradientNorm}), "
                + $"before any weight had changed: it is the weights that it began from; "
                + $"give another checkpoint, and start again with a new {TrainingOptionNames.Out}."));
        }

        if (!result.IsFinite)
            throw Stopped(step, "diverged", FormattableString.Invariant($"loss {result.Loss}, gradient norm {result.GradientNorm}"));
        if (losses.HasExploded(classes))
        {
            throw Stopped(step, "diverged", FormattableString.Invariant(
                $"the mean loss of the latest steps rose to {losses.Latest:0.##}, where guessing gives {Math.Log(classes):0.##}"));
        }

        if ((epochEnds || (step + 1) % Interval == 0) && probe?.HasCollapsed() == true)
            throw Stopped(step, "collapsed", $"every exit answers {probe.Count} different texts alike");
    }

    private JobException Stopped(int step, string how, string what) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Training {how} at step {step + 1} of {steps} ({what}): lower {TrainingOptionNames.LearningRate} from {learningRate:G4}, "
        + $"to {learningRate / 10:G4} say, and start again with a new {TrainingOptionNames.Out}."));
}

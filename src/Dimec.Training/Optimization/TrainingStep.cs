using Dimec.Training.Data;
using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Optimization;

/// <summary>One step: forward, loss, backward, clipping, update. All native memory of a step is gone when it ends.</summary>
internal sealed class TrainingStep(Parameters parameters, MultiExitEncoder encoder, JointLoss loss, AdamW optimizer, Dropout dropout, double clipNorm)
{
    /// <summary>Runs the step numbered <paramref name="step"/>, from 0. A result that is not finite leaves the parameters as they were.</summary>
    public StepResult Run(Batch batch, int step)
    {
        optimizer.Prepare(batch.Ids, step);
        dropout.Begin(step);
        using var scope = NewDisposeScope();
        var words = encoder.GatherWords(batch, forTraining: true);
        var logits = encoder.Forward(batch, encoder.Embed(batch, words), dropout);
        var (total, answers) = loss.Of(logits, batch.Labels);
        var gradients = Gradients(total, words);
        var wordGradient = new WordGradient(batch, Parameters.MemoryOf(gradients[0]), (int)words.shape[1]);
        var dense = gradients.Skip(1).ToArray();
        var norm = optimizer.Norm(dense, wordGradient);
        var result = new StepResult(answers.item<float>(), norm, [.. logits.Select(exit => Parameters.MemoryOf(exit).ToArray())]);
        // As torch.nn.utils.clip_grad_norm_.
        if (result.IsFinite)
            optimizer.Update(dense, wordGradient, (float)Math.Min(1, clipNorm / (norm + 1e-6)), step);
        return result;
    }

    private Tensor[] Gradients(Tensor total, Tensor words)
    {
        var gradients = autograd.grad([total], [words, .. parameters.Leaves]);
        return [.. gradients.Select(gradient => gradient.contiguous())];
    }
}

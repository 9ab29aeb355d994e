using Dimec.Training.Data;
using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Optimization;

/// <summary>One step: forward, loss, backward, clipping, update. All native memory of a step is gone when it ends.</summary>
internal sealed class TrainingStep(IForwardPass forward, JointLoss loss, AdamW optimizer, Dropout dropout, double clipNorm)
{
    /// <summary>
    /// Runs the step numbered <paramref name="step"/>, from 0. A result that is not finite leaves the parameters as they were.
    /// </summary>
    public StepResult Run(Batch batch, int step)
    {
        optimizer.Prepare(batch.Ids, step);
        dropout.Begin(step);
        using var scope = NewDisposeScope();
        var (logits, words) = forward.Run(batch, dropout);
        var (total, answers) = loss.Of(logits, batch.Labels, step);
        var (gradients, wordGradient) = Gradients(total, batch, words);
        var norm = optimizer.Norm(gradients, wordGradient);
        var result = new StepResult(answers.item<float>(), norm, [.. logits.Select(exit => Parameters.MemoryOf(exit).ToArray())]);
        // As torch.nn.utils.clip_grad_norm_.
        if (result.IsFinite)
            optimizer.Update(gradients, wordGradient, (float)Math.Min(1, clipNorm / (norm + 1e-6)), step);
        return result;
    }

    private (Tensor[] Dense, WordGradient? Words) Gradients(Tensor total, Batch batch, Tensor? words)
    {
        Tensor[] inputs = words is null ? [.. optimizer.Leaves] : [words, .. optimizer.Leaves];
        Tensor[] gradients = [.. autograd.grad([total], inputs).Select(gradient => gradient.contiguous())];
        return words is null
            ? (gradients, null)
            : (gradients[1..], new WordGradient(batch, Parameters.MemoryOf(gradients[0]), (int)words.shape[1]));
    }
}

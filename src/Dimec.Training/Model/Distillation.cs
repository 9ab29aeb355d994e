using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// Teaches an exit what the last one answers (Hinton et al. 2015): W · T² · KL(softmax(z_L / T) ‖ softmax(z_i / T)), the mean over a batch.
/// </summary>
/// <param name="Weight">W, over 0.</param>
/// <param name="Temperature">T, over 0; T² keeps the gradient's size, which falls with 1 / T².</param>
internal sealed record Distillation(double Weight, double Temperature)
{
    /// <summary>What it adds to the exit's own loss, a scalar.</summary>
    /// <param name="teacher">The last exit's logits [B, classes]; they get no gradient.</param>
    /// <param name="student">The exit's logits [B, classes].</param>
    public Tensor Of(Tensor teacher, Tensor student)
    {
        var target = teacher.detach().div(Temperature).log_softmax(-1);
        var answer = student.div(Temperature).log_softmax(-1);
        return target.exp().mul(target.sub(answer)).sum(-1).mean().mul(Weight * Temperature * Temperature);
    }
}

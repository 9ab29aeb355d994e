using Dimec.Training.Data;
using Dimec.Training.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dimec.Training.Bench;

/// <summary>
/// The training loop of every tutorial: zero_grad, forward, backward, clip_grad_norm_, TorchSharp's AdamW, logits copied out.
/// </summary>
internal sealed class PlainLoop : ILoop
{
    private readonly PlainEncoder _encoder;
    private readonly AdamW _optimizer;
    private readonly ModelShape _shape;
    private readonly int _length;

    /// <param name="shape">The model.</param>
    /// <param name="length">The length to which every batch is padded, as the methods' authors do it; 0 for its own longest text.</param>
    public PlainLoop(ModelShape shape, int length)
    {
        (_shape, _length) = (shape, length);
        _encoder = new PlainEncoder(shape);
        _encoder.train();
        _optimizer = optim.AdamW(_encoder.parameters(), lr: 1e-4, weight_decay: 0.01);
    }

    public string Name => _length == 0 ? "plain" : $"plain-{_length}";

    public Precision Precision => Precision.Fp32;

    public double Step(Batch batch, int step)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var logits = _encoder.Forward(batch, _length);
        var target = tensor(batch.Labels);
        var sum = (double)_shape.Exits.Exits.Sum();
        Tensor loss = zeros(1);
        for (var exit = 0; exit < logits.Count; exit++)
            loss += nn.functional.cross_entropy(logits[exit], target) * (_shape.Exits.Exits[exit] / sum);
        loss.backward();
        nn.utils.clip_grad_norm_(_encoder.parameters(), 1);
        _optimizer.step();
        foreach (var exit in logits)
            _ = exit.detach().data<float>().ToArray();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _encoder.Dispose();
    }
}

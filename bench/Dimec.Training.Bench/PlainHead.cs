using Dimec.Training.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dimec.Training.Bench;

internal sealed class PlainHead : nn.Module
{
    private readonly Linear _dense;
    private readonly TorchSharp.Modules.Dropout _dropout;
    private readonly Linear _classifier;

    public PlainHead(ModelShape shape) : base("head")
    {
        _dense = nn.Linear(shape.Encoder.HiddenSize, shape.Encoder.HiddenSize);
        _dropout = nn.Dropout(shape.HeadDropout);
        _classifier = nn.Linear(shape.Encoder.HiddenSize, shape.Classes);
        RegisterComponents();
    }

    public Tensor Forward(Tensor pooled) => _classifier.forward(_dropout.forward(_dense.forward(pooled).tanh()));
}

using Dimec.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dimec.Training.Bench;

internal sealed class PlainLayer : nn.Module
{
    private readonly EncoderConfig _config;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;
    private readonly LayerNorm _attentionNorm;
    private readonly Linear _inner;
    private readonly Linear _outer;
    private readonly LayerNorm _outputNorm;
    private readonly Dropout _attentionDropout;
    private readonly Dropout _hiddenDropout;

    public PlainLayer(EncoderConfig config) : base("layer")
    {
        _config = config;
        _query = nn.Linear(config.HiddenSize, config.HiddenSize);
        _key = nn.Linear(config.HiddenSize, config.HiddenSize);
        _value = nn.Linear(config.HiddenSize, config.HiddenSize);
        _output = nn.Linear(config.HiddenSize, config.HiddenSize);
        _attentionNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _inner = nn.Linear(config.HiddenSize, config.IntermediateSize);
        _outer = nn.Linear(config.IntermediateSize, config.HiddenSize);
        _outputNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _attentionDropout = nn.Dropout(config.AttentionDropout);
        _hiddenDropout = nn.Dropout(config.HiddenDropout);
        RegisterComponents();
    }

    public Tensor Forward(Tensor hidden, Tensor mask)
    {
        var (batch, length) = (hidden.shape[0], hidden.shape[1]);
        Tensor Split(Tensor projected) => projected.view(batch, length, _config.Heads, _config.HeadSize).transpose(1, 2);
        var scores = Split(_query.forward(hidden)).matmul(Split(_key.forward(hidden)).transpose(-2, -1)) / Math.Sqrt(_config.HeadSize);
        var attention = _attentionDropout.forward((scores + mask).softmax(-1));
        var context = attention.matmul(Split(_value.forward(hidden))).transpose(1, 2).reshape(batch, length, _config.HiddenSize);
        var middle = _attentionNorm.forward(_hiddenDropout.forward(_output.forward(context)) + hidden);
        return _outputNorm.forward(_hiddenDropout.forward(_outer.forward(nn.functional.gelu(_inner.forward(middle)))) + middle);
    }
}

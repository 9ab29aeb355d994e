using CsCheck;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies.Resuming;

namespace Dimec.Inference.Tests.Walks;

public class HiddenStateCodecTests
{
    [Theory]
    [InlineData(HiddenStateFormat.Fp32, 4, 0)]
    [InlineData(HiddenStateFormat.Fp16, 2, 1.0 / 1024)]
    [InlineData(HiddenStateFormat.Int8, 1, 1.0 / 254)]
    public void What_is_sent_is_read_back_as_nearly_as_the_numbers_allow(HiddenStateFormat format, int bytes, double error) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Float[-50, 50].Array[20 * 8]).Sample((rows, tokens, numbers) =>
        {
            var states = numbers.AsSpan(0, rows * tokens * 8);
            var sent = HiddenStateCodec.Encode(states, rows, tokens, format);
            Assert.Equal([rows, tokens, 8], sent[0].Shape);
            var scales = format == HiddenStateFormat.Int8 ? 4 * rows * tokens : 0;
            Assert.Equal((rows * tokens * 8 * bytes) + scales, sent.Sum(tensor => tensor.Raw.Length));
            var read = HiddenStateCodec.Decode(sent[0], sent.ElementAtOrDefault(1), 8);
            for (var i = 0; i < read.Length; i++)
            {
                var token = states.Slice(i / 8 * 8, 8).ToArray().Max(Math.Abs);
                Assert.Equal(states[i], read[i], (error * (format == HiddenStateFormat.Int8 ? token : Math.Abs(states[i]))) + 1e-6);
            }
        });

    [Fact]
    public void A_token_of_zeros_stays_one()
    {
        var sent = HiddenStateCodec.Encode(new float[8], 1, 2, HiddenStateFormat.Int8);
        Assert.Equal(new float[8], HiddenStateCodec.Decode(sent[0], sent[1], 4));
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_one_sentence()
    {
        var states = Tensor.From<float>("hidden_states", [1, 2, 4], new float[8]);
        var small = Tensor.From<sbyte>("hidden_states", [1, 2, 4], new sbyte[8]);
        Refused("'hidden_states' has the shape [1,2,4]; give [rows, tokens, 3]", states, null, 3);
        Refused(
            "'hidden_states' has the shape [8]; give [rows, tokens, 4]", Tensor.From<float>("hidden_states", [8], new float[8]), null, 4);
        Refused("'hidden_scales' is missing, which INT8 needs", small, null, 4);
        Refused("'hidden_scales' is given, which INT8 alone needs", states, Tensor.From<float>("hidden_scales", [1, 2], [1, 1]), 4);
        Refused(
            "'hidden_scales' has the shape [2]; give [1, 2], a number a token", small, Tensor.From<float>("hidden_scales", [2], [1, 1]), 4);
        Refused(
            "'hidden_states' has the datatype FP64; give FP32, FP16 or INT8",
            Tensor.From<double>("hidden_states", [1, 2, 4], new double[8]), null, 4);
    }

    private static void Refused(string sentence, Tensor states, Tensor? scales, int hidden) =>
        Assert.Equal(sentence, Assert.Throws<ProtocolException>(() => HiddenStateCodec.Decode(states, scales, hidden)).Message);
}

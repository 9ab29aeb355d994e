using Dimec.Bundles;
using Dimec.Onnx.Format;
using Dimec.Predictions;

namespace Dimec.Export.Tests.Quantization;

public class Int8GraphTests
{
    /// <summary>The answers of <c>int8_reference.py</c>: the definitions in numpy, sums exact.</summary>
    private static readonly Dictionary<int, float[]> s_expected = new()
    {
        [1] = [-0.363118f, 0.150678f, -0.405325f, -0.319889f, -0.499752f, 0.514258f],
        [2] = [0.376370f, 0.059807f, 0.517871f, 0.597063f, 0.219711f, 0.060477f],
    };

    private static readonly long[] s_ids = [2, 17, 4, 33, 3, 0, 2, 41, 3, 0, 0, 0];
    private static readonly long[] s_mask = [1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_exit_answers_as_the_definitions_restated_in_numpy_do(int exit)
    {
        Assert.SkipUnless(
            Inference.Processor.Kind is ProcessorKind.X64Vnni or ProcessorKind.Arm64, "sums of 8-bit products may end at 16 bits here");
        using var session = OnnxSession.Open(OnnxSession.Export(MadeWeights.Create(), exit, precision: ModelPrecision.Int8));
        var found = session.Run(s_ids, s_mask, null, batch: 2);

        foreach (var (i, expected) in s_expected[exit].Index())
            Assert.Equal(expected, found[i], 1e-4);
    }

    [Fact]
    public void Only_standard_operators_of_opset_12_are_used()
    {
        var model = ModelProto.Parser.ParseFrom(
            OnnxSession.Export(RandomCheckpoint.Create(), 3, tokenTypes: true, ModelPrecision.Int8));

        Assert.Equal(12, Assert.Single(model.OpsetImport).Version);
        Assert.All(model.Graph.Node, node => Assert.Equal("", node.Domain));
    }

    [Fact]
    public void Weights_of_layers_and_words_have_8_bits_and_heads_32()
    {
        var model = ModelProto.Parser.ParseFrom(OnnxSession.Export(RandomCheckpoint.Create(), 2, precision: ModelPrecision.Int8));
        var types = model.Graph.Initializer.ToDictionary(tensor => tensor.Name, tensor => (TensorProto.Types.DataType)tensor.DataType);

        Assert.Equal(
            1 + (2 * 4), types.Values.Count(type => type == TensorProto.Types.DataType.Int8));
        Assert.Equal(TensorProto.Types.DataType.Int8, types["embeddings.word_embeddings.weight"]);
        Assert.Equal(TensorProto.Types.DataType.Float, types["exits.2.dense.weight"]);
    }

    [Fact]
    public void ONNX_Runtime_fuses_every_product_with_its_rounding_and_gelu_and_norms()
    {
        using var folder = new TemporaryFolder();
        var model = OnnxSession.Optimise(
            OnnxSession.Export(RandomCheckpoint.Create(), 3, precision: ModelPrecision.Int8), folder.File("optimised.onnx"));
        var counts = model.Graph.Node.CountBy(node => node.OpType).ToDictionary();

        Assert.Equal(3 * 4, counts["DynamicQuantizeMatMul"]);
        Assert.DoesNotContain("DynamicQuantizeLinear", counts.Keys);
        Assert.DoesNotContain("MatMulInteger", counts.Keys);
        Assert.Equal(6, counts["SkipLayerNormalization"]);
        Assert.DoesNotContain("Erf", counts.Keys);
    }

    /// <summary>In fp16 an engine that computes in fp32 rounds states where the model ends, and not where it goes on.</summary>
    [Theory]
    [InlineData(ModelPrecision.Int8, 1e-4)]
    [InlineData(ModelPrecision.Fp16, 2e-3)]
    public void What_goes_on_from_hidden_states_ends_where_the_unbroken_model_does(ModelPrecision precision, double tolerance)
    {
        var checkpoint = RandomCheckpoint.Create();
        var batch = new RandomBatch(checkpoint.Config, [1, 9, 5, 12], padded: 14, seed: 2);
        using var whole = OnnxSession.Open(OnnxSession.Export(checkpoint, 3, precision: precision));
        using var first = OnnxSession.Open(OnnxSession.Export(checkpoint, 1, precision: precision));
        using var rest = OnnxSession.Open(OnnxSession.Export(checkpoint, new LayerStretch(1, 3), precision: precision));
        var expected = whole.Run(batch.Ids, batch.Mask, null, batch.Count);

        var states = first.Run(batch.Ids, batch.Mask, null, batch.Count, "hidden_states");
        var found = rest.RunFrom(states, batch.Mask, batch.Count);

        foreach (var (i, logit) in expected.Index())
            Assert.Equal(logit, found[i], tolerance);
    }

    [Theory]
    [InlineData(ModelPrecision.Int8, "bert", 0.35)]
    [InlineData(ModelPrecision.Int8, "distilbert", 0.35)]
    [InlineData(ModelPrecision.Fp16, "bert", 0.02)]
    [InlineData(ModelPrecision.Fp16, "distilbert", 0.02)]
    public void Every_exit_answers_nearly_as_in_fp32(ModelPrecision precision, string modelType, double tolerance)
    {
        var checkpoint = RandomCheckpoint.Create(
            RandomCheckpoint.Config(architecture: Checkpoints.Architectures.KnownArchitectures.Find(modelType)));
        var batch = new RandomBatch(checkpoint.Config, [1, 9, 5, 12], padded: 14, seed: 2);
        foreach (var exit in checkpoint.Exits!.Exits)
        {
            using var exact = OnnxSession.Open(OnnxSession.Export(checkpoint, exit));
            using var rounded = OnnxSession.Open(OnnxSession.Export(checkpoint, exit, precision: precision));
            var expected = exact.Run(batch.Ids, batch.Mask, null, batch.Count);
            var found = rounded.Run(batch.Ids, batch.Mask, null, batch.Count);

            Assert.NotEqual(expected, found);
            foreach (var (i, logit) in expected.Index())
                Assert.Equal(logit, found[i], tolerance);
        }
    }
}

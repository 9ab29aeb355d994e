using Dimec.Checkpoints.Onnx;
using Dimec.Fuzzing.Mutation;
using Dimec.Onnx;
using Dimec.Onnx.Format;
using Dimec.Onnx.Reading;
using Google.Protobuf;

namespace Dimec.Fuzzing.Files;

/// <summary>ONNX models: their weights, what they take and give, and the names of their linear layers.</summary>
internal sealed class OnnxTarget : FuzzTarget
{
    private readonly WireMessage _valid = WireMessage.Parse(Model().ToByteArray(), ModelProto.Descriptor);

    public override string Name => "onnx";

    public override string What => "ONNX models, and an encoder's weights in them";

    public override byte[] Make(Random random) => WireMutator.Mutate(random, _valid);

    public override Verdict Run(byte[] input)
    {
        try
        {
            OnnxWeights.Read(new MemoryStream(input));
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
        }

        try
        {
            var model = OnnxModel.Read(new MemoryStream(input));
            _ = (model.Inputs.Count, model.Outputs.Count, model.LinearLayerNames().Count);
            foreach (var tensor in model.FloatInitializers)
            {
                if (tensor.Values.Length != tensor.Shape.Aggregate(1L, (product, size) => product * size))
                    throw new BrokenPromiseException($"{tensor.Name} has {tensor.Values.Length} values");
            }

            return Verdict.Accepted;
        }
        catch (OnnxFormatException wrong)
        {
            Sentences.Check(wrong.Message);
            return IsMessage(input) ? Verdict.Refused : Verdict.Malformed;
        }
    }

    private static bool IsMessage(byte[] input)
    {
        try
        {
            ModelProto.Parser.ParseFrom(input);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static ModelProto Model()
    {
        var graph = new GraphProto { Name = "g" };
        graph.Initializer.Add(Tensor("embeddings.word_embeddings.weight", [2, 2], raw: new byte[16]));
        graph.Initializer.Add(Tensor("onnx::MatMul_12", [2, 2], raw: new byte[16]));
        graph.Initializer.Add(Tensor("encoder.layer.0.attention.self.query.bias", [2], floats: [1, 2]));
        graph.Initializer.Add(Tensor("half", [2, 1], raw: new byte[4], type: TensorProto.Types.DataType.Float16));
        graph.Initializer.Add(Tensor("none", [0, 7], raw: []));
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", "onnx::MatMul_12" }, Output = { "product" } });
        graph.Node.Add(new NodeProto
        {
            OpType = "Add",
            Input = { "encoder.layer.0.attention.self.query.bias", "product" },
            Output = { "sum" },
        });
        var value = new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } };
        graph.Input.Add(value);
        graph.Output.Add(value.Clone());
        return new ModelProto { IrVersion = 8, ProducerName = "made", Graph = graph };
    }

    private static TensorProto Tensor(
        string name, long[] shape, byte[]? raw = null, float[]? floats = null,
        TensorProto.Types.DataType type = TensorProto.Types.DataType.Float)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(shape);
        if (raw is not null)
            tensor.RawData = ByteString.CopyFrom(raw);
        tensor.FloatData.AddRange(floats ?? []);
        return tensor;
    }
}

using Dimec.Onnx.Format;

namespace Dimec.Onnx.Reading;

/// <summary>Finds where initializers lie inside a written model, so that they can be mapped into memory without reading the rest.</summary>
public static class InitializerOffsets
{
    // Field numbers of ONNX: ModelProto.graph, GraphProto.initializer, TensorProto.name and raw_data.
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int Name = 8;
    private const int RawData = 9;

    /// <summary>Walks a model's protobuf fields without reading their content.</summary>
    /// <param name="model">A model whose initializers keep their values as raw data, as <see cref="Writing.GraphBuilder"/> writes them;
    /// it can seek.</param>
    /// <returns>The offset of each initializer's first byte from the start of the stream, by name.</returns>
    public static IReadOnlyDictionary<string, long> Find(Stream model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var fields = new ProtobufFields(model);
        var offsets = new Dictionary<string, long>();
        foreach (var graph in fields.Within(0, model.Length).Where(field => field.Number == Graph))
        {
            foreach (var initializer in fields.Within(graph.Start, graph.End).Where(field => field.Number == Initializer))
            {
                var tensor = fields.Within(initializer.Start, initializer.End).ToLookup(field => field.Number);
                offsets.Add(fields.Text(tensor[Name].Single()), tensor[RawData].Single().Start);
            }
        }

        return offsets;
    }
}

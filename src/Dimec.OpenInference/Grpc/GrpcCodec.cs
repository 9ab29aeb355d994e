using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Dimec.OpenInference.Grpc;

/// <summary>Requests and responses to and from their gRPC messages.</summary>
public static class GrpcCodec
{
    /// <summary>A request out of its message.</summary>
    /// <param name="message">The message; the request's tensors share its bytes.</param>
    /// <exception cref="ProtocolException">The message mixes raw and typed contents, or a tensor's data does not fit its shape and type.</exception>
    public static InferRequest ToRequest(ModelInferRequest message)
    {
        if (message.Parameters.Count > InferRequest.MaxParameters)
            throw InferRequest.TooManyParameters;
        InferRequest.CheckSize(message.Id.Length, message.Inputs.Count, message.Outputs.Count);
        CheckCoding("the request", message.Parameters);
        foreach (var output in message.Outputs)
            CheckCoding($"the requested output '{output.Name}'", output.Parameters);
        var raw = message.RawInputContents;
        if (raw.Count > 0 && message.Inputs.Any(input => TypedContents.CountAll(input.Contents) > 0))
            throw new ProtocolException("the request has both raw_input_contents and typed contents; use one or the other for all inputs");
        if (raw.Count > 0 && raw.Count != message.Inputs.Count)
            throw new ProtocolException($"raw_input_contents has {raw.Count} entries for {message.Inputs.Count} inputs; it takes one an input, in order");
        var inputs = new List<Tensor>(message.Inputs.Count);
        for (var i = 0; i < message.Inputs.Count; i++)
        {
            var input = message.Inputs[i];
            CheckCoding($"'{input.Name}'", input.Parameters);
            var tensor = ToTensor(input.Name, input.Datatype, input.Shape, input.Contents, raw.Count > 0 ? raw[i] : null);
            foreach (var (key, value) in input.Parameters.Where(parameter => TensorCoding.IsContentType(parameter.Key)))
                TensorCoding.Check(tensor.Name, tensor.Type, value.StringParam);
            inputs.Add(tensor);
        }

        return new InferRequest(
            message.ModelName, message.ModelVersion, message.Id, Strings(message.Parameters), inputs, [.. message.Outputs.Select(output => new RequestedOutput(output.Name))]);
    }

    /// <summary>A request's message, its tensors raw.</summary>
    /// <param name="request">The request; the message shares its tensors' bytes.</param>
    public static ModelInferRequest ToMessage(InferRequest request)
    {
        var message = new ModelInferRequest { ModelName = request.Model, ModelVersion = request.Version, Id = request.Id };
        foreach (var (key, value) in request.Parameters)
            message.Parameters.Add(key, new InferParameter { StringParam = value });
        foreach (var tensor in request.Inputs)
        {
            message.Inputs.Add(new ModelInferRequest.Types.InferInputTensor
            {
                Name = tensor.Name,
                Datatype = DataTypes.NameOf(tensor.Type),
                Shape = { tensor.Shape },
            });
            message.RawInputContents.Add(UnsafeByteOperations.UnsafeWrap(tensor.Raw));
        }

        message.Outputs.AddRange(request.Outputs.Select(output => new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output.Name }));
        return message;
    }

    /// <summary>A response's message, its tensors raw: tritonclient reads nothing else (of typed answers, only BYTES).</summary>
    /// <param name="response">The response; the message shares its tensors' bytes.</param>
    public static ModelInferResponse ToMessage(InferResponse response)
    {
        var message = new ModelInferResponse { ModelName = response.Model, ModelVersion = response.Version, Id = response.Id };
        foreach (var (key, value) in response.Parameters)
            message.Parameters.Add(key, new InferParameter { StringParam = value });
        foreach (var tensor in response.Outputs)
        {
            message.Outputs.Add(new ModelInferResponse.Types.InferOutputTensor
            {
                Name = tensor.Name,
                Datatype = DataTypes.NameOf(tensor.Type),
                Shape = { tensor.Shape },
            });
            message.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(tensor.Raw));
        }

        return message;
    }

    /// <summary>A response out of its message.</summary>
    /// <param name="message">The message; the response's tensors share its bytes.</param>
    /// <exception cref="ProtocolException">A tensor's data does not fit its shape and type.</exception>
    public static InferResponse ToResponse(ModelInferResponse message)
    {
        var raw = message.RawOutputContents;
        if (raw.Count > 0 && raw.Count != message.Outputs.Count)
            throw new ProtocolException($"raw_output_contents has {raw.Count} entries for {message.Outputs.Count} outputs");
        var outputs = new List<Tensor>(message.Outputs.Count);
        for (var i = 0; i < message.Outputs.Count; i++)
        {
            var output = message.Outputs[i];
            CheckCoding($"'{output.Name}'", output.Parameters);
            outputs.Add(ToTensor(output.Name, output.Datatype, output.Shape, output.Contents, raw.Count > 0 ? raw[i] : null));
        }

        return new InferResponse(message.ModelName, message.ModelVersion, message.Id, Strings(message.Parameters), outputs);
    }

    /// <summary>The message of what a server says of a model.</summary>
    /// <param name="model">What it says.</param>
    public static ModelMetadataResponse ToMessage(ModelMetadata model) => new()
    {
        Name = model.Name,
        Versions = { model.Versions ?? [] },
        Platform = model.Platform,
        Inputs = { (model.Inputs ?? []).Select(ToMessage) },
        Outputs = { (model.Outputs ?? []).Select(ToMessage) },
    };

    /// <summary>What a server says of a model, out of its message.</summary>
    /// <param name="message">The message.</param>
    public static ModelMetadata ToMetadata(ModelMetadataResponse message)
        => new(message.Name, message.Versions, message.Platform, [.. message.Inputs.Select(ToMetadata)], [.. message.Outputs.Select(ToMetadata)]);

    private static ModelMetadataResponse.Types.TensorMetadata ToMessage(TensorMetadata tensor)
        => new() { Name = tensor.Name, Datatype = tensor.Datatype, Shape = { tensor.Shape } };

    private static TensorMetadata ToMetadata(ModelMetadataResponse.Types.TensorMetadata message)
        => new(message.Name, message.Datatype, message.Shape);

    private static Tensor ToTensor(string name, string datatype, RepeatedField<long> shape, InferTensorContents? contents, ByteString? raw)
    {
        var type = DataTypes.Parse(datatype);
        if (shape.Count > TensorShape.MaxRank)
            throw new ProtocolException($"'{name}' has {shape.Count} dimensions; at most {TensorShape.MaxRank} are accepted");
        long[] sizes = [.. shape];
        return Tensor.FromRaw(name, type, sizes, raw?.Memory ?? TypedContents.ToRaw(name, type, sizes, contents));
    }

    private static void CheckCoding(string owner, MapField<string, InferParameter> parameters)
    {
        foreach (var (key, value) in parameters)
            TensorCoding.Check(owner, key, value.ParameterChoiceCase == InferParameter.ParameterChoiceOneofCase.StringParam ? value.StringParam : null);
    }

    private static Dictionary<string, string> Strings(MapField<string, InferParameter> parameters) => parameters
        .Where(pair => pair.Value is { ParameterChoiceCase: InferParameter.ParameterChoiceOneofCase.StringParam, StringParam.Length: <= InferRequest.MaxText })
        .ToDictionary(pair => pair.Key, pair => pair.Value.StringParam, StringComparer.Ordinal);
}

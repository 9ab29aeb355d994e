using System.Collections.ObjectModel;
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
    /// <exception cref="ProtocolException">The message mixes raw and typed contents, or a tensor's data does not fit
    /// its shape and type.</exception>
    public static InferRequest ToRequest(ModelInferRequest message)
    {
        if (message.Parameters.Count > InferRequest.MaxParameters)
            throw InferRequest.TooManyParameters;
        InferRequest.CheckSize(message.Id.Length, message.Inputs.Count, message.Outputs.Count);
        CheckCoding("the request", message.Parameters);
        foreach (var (key, value) in message.Parameters)
            SequenceParameters.Check(key, ValueOf(value));
        // Before the data: an input whose data is in shared memory has none here.
        foreach (var input in message.Inputs)
            CheckCoding($"'{input.Name}'", input.Parameters);
        var raw = message.RawInputContents;
        if (raw.Count > 0 && message.Inputs.Any(input => TypedContents.CountAll(input.Contents) > 0))
            throw new ProtocolException("the request has both raw_input_contents and typed contents; use one or the other for all inputs");
        if (raw.Count > 0 && raw.Count != message.Inputs.Count)
        {
            throw new ProtocolException(
                $"raw_input_contents has {raw.Count} entries for {message.Inputs.Count} inputs; it takes one an input, in order");
        }

        var inputs = new List<Tensor>(message.Inputs.Count);
        for (var i = 0; i < message.Inputs.Count; i++)
        {
            var input = message.Inputs[i];
            var tensor = ToTensor(input.Name, input.Datatype, input.Shape, input.Contents, raw.Count > 0 ? raw[i] : null);
            foreach (var (key, value) in input.Parameters.Where(parameter => TensorCoding.IsContentType(parameter.Key)))
                TensorCoding.Check(tensor.Name, tensor.Type, value.StringParam);
            inputs.Add(tensor);
        }

        return new InferRequest(message.ModelName, inputs)
        {
            Version = message.ModelVersion,
            Id = message.Id,
            Parameters = Strings(message.Parameters),
            Outputs = [.. message.Outputs.Select(ToOutput)],
        };
    }

    /// <summary>A request's message, its tensors raw.</summary>
    /// <param name="request">The request; the message shares its tensors' bytes.</param>
    public static ModelInferRequest ToMessage(InferRequest request)
    {
        var message = new ModelInferRequest { ModelName = request.Model, ModelVersion = request.Version, Id = request.Id };
        Add(message.Parameters, request.Parameters);
        foreach (var tensor in request.Inputs)
        {
            var input = new ModelInferRequest.Types.InferInputTensor
            {
                Name = tensor.Name,
                Datatype = DataTypes.NameOf(tensor.Type),
                Shape = { tensor.Shape },
            };
            Add(input.Parameters, tensor.Parameters);
            message.Inputs.Add(input);
            message.RawInputContents.Add(UnsafeByteOperations.UnsafeWrap(tensor.Raw));
        }

        foreach (var output in request.Outputs)
        {
            var wanted = new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output.Name };
            Add(wanted.Parameters, output.Parameters);
            message.Outputs.Add(wanted);
        }

        return message;
    }

    /// <summary>A response's message, its tensors raw: tritonclient reads nothing else (of typed answers, only BYTES).</summary>
    /// <param name="response">The response; the message shares its tensors' bytes.</param>
    public static ModelInferResponse ToMessage(InferResponse response)
    {
        var message = new ModelInferResponse { ModelName = response.Model, ModelVersion = response.Version, Id = response.Id };
        Add(message.Parameters, response.Parameters);
        foreach (var tensor in response.Outputs)
        {
            var output = new ModelInferResponse.Types.InferOutputTensor
            {
                Name = tensor.Name,
                Datatype = DataTypes.NameOf(tensor.Type),
                Shape = { tensor.Shape },
            };
            Add(output.Parameters, tensor.Parameters);
            message.Outputs.Add(output);
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
            var tensor = ToTensor(output.Name, output.Datatype, output.Shape, output.Contents, raw.Count > 0 ? raw[i] : null);
            outputs.Add(output.Parameters.Count > 0 ? tensor.With(Values(output.Parameters)) : tensor);
        }

        return new InferResponse(message.ModelName, message.ModelVersion, message.Id, Values(message.Parameters), outputs);
    }

    /// <summary>The message of what a server says of a model.</summary>
    /// <param name="model">What it says.</param>
    public static ModelMetadataResponse ToMessage(ModelMetadata model) => new()
    {
        Name = model.Name,
        Versions = { model.Versions },
        Platform = model.Platform,
        Inputs = { model.Inputs.Select(ToMessage) },
        Outputs = { model.Outputs.Select(ToMessage) },
    };

    /// <summary>What a server says of a model, out of its message.</summary>
    /// <param name="message">The message.</param>
    public static ModelMetadata ToMetadata(ModelMetadataResponse message)
        => new(
            message.Name, message.Versions, message.Platform, [.. message.Inputs.Select(ToMetadata)],
            [.. message.Outputs.Select(ToMetadata)]);

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

    private static RequestedOutput ToOutput(ModelInferRequest.Types.InferRequestedOutputTensor output)
    {
        IReadOnlyDictionary<string, ParameterValue> classes = output.Parameters.TryGetValue(ClassificationParameter.Key, out var count)
            ? ClassificationParameter.Read(ValueOf(count))
            : ReadOnlyDictionary<string, ParameterValue>.Empty;
        CheckCoding(
            $"the requested output '{output.Name}'", output.Parameters.Where(parameter => parameter.Key != ClassificationParameter.Key));
        return new RequestedOutput(output.Name) { Parameters = classes };
    }

    private static void CheckCoding(string owner, IEnumerable<KeyValuePair<string, InferParameter>> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            TensorCoding.Check(
                owner, key, value.ParameterChoiceCase == InferParameter.ParameterChoiceOneofCase.StringParam ? value.StringParam : null);
        }
    }

    private static void Add(MapField<string, InferParameter> message, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            message.Add(key, value switch
            {
                { Boolean: { } truth } => new InferParameter { BoolParam = truth },
                { Integer: { } integer } => new InferParameter { Int64Param = integer },
                { Number: { } number } => new InferParameter { DoubleParam = number },
                _ => new InferParameter { StringParam = value.String },
            });
        }
    }

    private static Dictionary<string, ParameterValue> Values(MapField<string, InferParameter> parameters) => parameters
        .Select(pair => (pair.Key, Value: ValueOf(pair.Value)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value!.Value, StringComparer.Ordinal);

    private static ParameterValue? ValueOf(InferParameter parameter) => parameter.ParameterChoiceCase switch
    {
        InferParameter.ParameterChoiceOneofCase.None => null,
        InferParameter.ParameterChoiceOneofCase.BoolParam => parameter.BoolParam,
        InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param,
        InferParameter.ParameterChoiceOneofCase.DoubleParam => parameter.DoubleParam,
        // Beyond what an integer holds it is still a number.
        InferParameter.ParameterChoiceOneofCase.Uint64Param when parameter.Uint64Param > long.MaxValue => (double)parameter.Uint64Param,
        InferParameter.ParameterChoiceOneofCase.Uint64Param => (long)parameter.Uint64Param,
        _ => parameter.StringParam,
    };

    private static Dictionary<string, ParameterValue> Strings(MapField<string, InferParameter> parameters) => parameters
        .Select(pair => (pair.Key, Text: ValueOf(pair.Value)?.ToText()))
        // One of which nothing is chosen says nothing; a value that is too long is there all the same, so that who knows it can refuse it.
        // A name that is longer is none of ours, and would take its room for as long as the request waits.
        .Where(pair => pair.Text is not null && pair.Key.Length <= InferRequest.MaxText)
        .ToDictionary(
            pair => pair.Key, pair => (ParameterValue)(pair.Text!.Length <= InferRequest.MaxText ? pair.Text : ""), StringComparer.Ordinal);
}

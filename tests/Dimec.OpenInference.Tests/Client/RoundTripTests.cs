using System.Buffers.Binary;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>What is sent arrives, and comes back: every type of data, over REST as binary data and as JSON, and over gRPC.</summary>
public class RoundTripTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc", BinaryData.Auto)]
    [InlineData("http", BinaryData.Auto)]
    [InlineData("http", BinaryData.Always)]
    [InlineData("http", BinaryData.Never)]
    public async Task Every_type_of_data_survives(string transport, BinaryData binary)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = Open(server, transport, new OpenInferenceClientOptions { BinaryData = binary });
        List<Tensor> inputs =
        [
            Tensor.From<bool>("bool", [2], [true, false]),
            Tensor.From<sbyte>("int8", [2], [sbyte.MinValue, sbyte.MaxValue]),
            Tensor.From<short>("int16", [2], [short.MinValue, short.MaxValue]),
            Tensor.From<int>("int32", [2], [int.MinValue, int.MaxValue]),
            Tensor.From<long>("int64", [2], [long.MinValue, long.MaxValue]),
            Tensor.From<byte>("uint8", [2], [0, byte.MaxValue]),
            Tensor.From<ushort>("uint16", [2], [0, ushort.MaxValue]),
            Tensor.From<uint>("uint32", [2], [0, uint.MaxValue]),
            Tensor.From<ulong>("uint64", [2], [0, ulong.MaxValue]),
            Tensor.From<float>("fp32", [1, 2], [float.Epsilon, float.MaxValue]),
            Tensor.From<double>("fp64", [2, 1], [double.Epsilon, double.MinValue]),
            Tensor.FromStrings("text", [3], ["", "é", "a\n\"😀"]),
            Tensor.From<float>("empty", [0, 4], []),
            Tensor.From<float>("scalar", [], [0.1f]),
        ];
        var raw = transport == "grpc" || binary != BinaryData.Never;
        if (raw)
        {
            inputs.Add(Tensor.From<Half>("fp16", [2], [Half.Epsilon, Half.NaN]));
            inputs.Add(Tensor.FromRaw("bf16", DataType.BFloat16, [2], new byte[] { 0x80, 0x3F, 0xC0, 0xFF }));
            inputs.Add(Tensor.FromBytes("bytes", [2], [new byte[] { 0xFF, 0, 0xFE }, Array.Empty<byte>()]));
            inputs.Add(Tensor.From<float>("nan", [1], [float.NaN]));
        }

        var response = Value(await client.InferAsync(new InferRequest("echo", inputs), Stop));

        Assert.Equal(inputs.Select(input => input.Name), response.Outputs.Select(output => output.Name));
        foreach (var (input, output) in inputs.Zip(response.Outputs))
        {
            Assert.Equal(input.Type, output.Type);
            Assert.Equal(input.Shape, output.Shape);
            Assert.Equal(input.Raw.ToArray(), output.Raw.ToArray());
        }

        Assert.Equal([true, false], response.Output("bool")!.ToArray<bool>());
        Assert.Equal([sbyte.MinValue, sbyte.MaxValue], response.Output("int8")!.ToArray<sbyte>());
        Assert.Equal([ulong.MinValue, ulong.MaxValue], response.Output("uint64")!.ToArray<ulong>());
        Assert.Equal([double.Epsilon, double.MinValue], response.Output("fp64")!.ToArray<double>());
        Assert.Equal(["", "é", "a\n\"😀"], response.Output("text")!.ToStrings());
        Assert.Null(response.Output("none"));
        if (raw)
        {
            Assert.Equal([Half.Epsilon, Half.NaN], response.Output("fp16")!.ToArray<Half>());
            Assert.Equal([0xFF, 0, 0xFE], response.Output("bytes")!.ToBytes()[0].ToArray());
            Assert.Equal(
                1f,
                BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(response.Output("bf16")!.Raw.Span) << 16));
        }
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task Names_versions_outputs_parameters_and_headers_arrive(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = Open(server, transport, new OpenInferenceClientOptions
        {
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret" },
        });
        var parameters = new Dictionary<string, ParameterValue> { ["text"] = "b", ["truth"] = false, ["integer"] = 9, ["number"] = 2.5 };
        var request = new InferRequest("echo", [Tensor.From<float>("x", [1, 2], [1, 2]).With(parameters)])
        {
            Version = "3",
            Id = "42",
            Parameters = parameters,
            Outputs = [new RequestedOutput("x") { Parameters = new Dictionary<string, ParameterValue> { ["classification"] = 2 } }],
        };

        var response = Value(await client.InferAsync(request, Stop));

        Assert.Equal(("echo", "3", "42"), (response.Model, response.Version, response.Id));
        Assert.Equal(
            new Dictionary<string, ParameterValue> { ["text"] = "a", ["truth"] = true, ["integer"] = 7, ["number"] = 1.5 },
            response.Parameters);
        Assert.Equal(parameters, response.Outputs[0].Parameters.Where(pair => pair.Key != "binary_data_size").ToDictionary());
        Assert.Equal("Bearer secret", server.Asked.Authorization);
        if (transport == "grpc")
        {
            var message = server.Asked.Message!;
            Assert.Equal(9, message.Parameters["integer"].Int64Param);
            Assert.Equal(2.5, message.Inputs[0].Parameters["number"].DoubleParam);
            Assert.Equal(("x", 2), (message.Outputs[0].Name, message.Outputs[0].Parameters["classification"].Int64Param));
        }
        else
        {
            var json = server.Asked.Json!;
            Assert.Equal("""{"text":"b","truth":false,"integer":9,"number":2.5}""", json["parameters"]!.ToJsonString());
            Assert.Equal(
                """{"text":"b","truth":false,"integer":9,"number":2.5,"binary_data_size":8}""",
                json["inputs"]![0]!["parameters"]!.ToJsonString());
            Assert.Equal("""[{"name":"x","parameters":{"classification":2,"binary_data":true}}]""", json["outputs"]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData(new[] { "classification" }, BinaryData.Auto, false)]
    [InlineData(new[] { "binary_tensor_data" }, BinaryData.Auto, true)]
    [InlineData(new[] { "classification" }, BinaryData.Always, true)]
    [InlineData(new[] { "binary_tensor_data" }, BinaryData.Never, false)]
    public async Task Binary_data_is_sent_to_who_knows_it(string[] extensions, BinaryData binary, bool expected)
    {
        await using var server = await EchoServer.StartAsync(extensions);
        using var client = Open(server, "http", new OpenInferenceClientOptions { BinaryData = binary });
        var response = Value(await client.InferAsync(new InferRequest("echo", [Tensor.From<float>("x", [2], [1, 2])]), Stop));
        Assert.Equal([1f, 2f], response.Outputs[0].ToArray<float>());
        Assert.Equal(expected, server.Asked.WasBinary);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_server_says_what_it_is_and_whether_it_is_ready(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = Open(server, transport);
        Assert.True(Value(await client.IsServerLiveAsync(Stop)));
        Assert.True(Value(await client.IsServerReadyAsync(Stop)));
        server.Asked.Ready = false;
        Assert.False(Value(await client.IsServerReadyAsync(Stop)));
        Assert.True(Value(await client.IsModelReadyAsync("echo", cancellationToken: Stop)));
        Assert.Equal(
            OpenInferenceFailureReason.NotFound, (await client.IsModelReadyAsync("moon", cancellationToken: Stop)).Failure!.Reason);

        var metadata = Value(await client.GetServerMetadataAsync(Stop));
        Assert.Equal(("echo", "7"), (metadata.Name, metadata.Version));
        Assert.Equal(["binary_tensor_data"], metadata.Extensions);
        var model = Value(await client.GetModelMetadataAsync("echo", cancellationToken: Stop));
        Assert.Equal(("echo", "test", "3"), (model.Name, model.Platform, Assert.Single(model.Versions)));
        Assert.Equal(("x", "FP32"), (Assert.Single(model.Inputs).Name, model.Outputs[0].Datatype));
        Assert.Equal([-1, 2], model.Inputs[0].Shape);
        var none = await client.GetModelMetadataAsync("moon", "1", Stop);
        Assert.Equal((false, "there is no such model"), (none.IsSuccess, none.Failure!.ServerMessage));
    }

    internal static T Value<T>(OpenInferenceResult<T> result)
    {
        Assert.True(result.IsSuccess, result.Failure?.ToString());
        return result.Value;
    }

    private static OpenInferenceClient Open(EchoServer server, string transport, OpenInferenceClientOptions? options = null)
        => new(transport == "grpc" ? server.Grpc : server.Rest, options);
}

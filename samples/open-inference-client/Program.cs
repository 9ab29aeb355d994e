// Asks any server of the Open Inference Protocol v2 what it is, and a model of texts for its answers:
//   dotnet run --project samples/open-inference-client -- grpc://localhost:8001 dimec "a text" "another one"
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

if (args is not [var address, var model, .. var texts] || texts.Length == 0)
{
    Console.Error.WriteLine("usage: ADDRESS MODEL TEXT…");
    return 2;
}

using var client = new OpenInferenceClient(new Uri(address), new OpenInferenceClientOptions { Timeout = TimeSpan.FromSeconds(10) });

var server = await client.GetServerMetadataAsync();
if (!server.IsSuccess)
{
    Console.Error.WriteLine($"{address} did not answer ({server.Failure.Reason}): {server.Failure.Message}");
    return 1;
}

var request = new InferRequest(model, [Tensor.FromStrings("text", [texts.Length, 1], texts)]);
var response = await client.InferAsync(request);
if (!response.IsSuccess)
{
    Console.Error.WriteLine($"{model} did not answer ({response.Failure.Reason}): {response.Failure.Message}");
    return 1;
}

Console.WriteLine($"{server.Value.Name} {server.Value.Version}");
foreach (var output in response.Value.Outputs)
{
    var values = output.Type == DataType.Bytes ? output.ToStrings() : Array.ConvertAll(output.ToArray<float>(), value => $"{value:0.###}");
    Console.WriteLine($"{output.Name} {TensorShape.Format(output.Shape)}: {string.Join(", ", values)}");
}

return 0;

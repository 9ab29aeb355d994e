using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.OpenInference</c>.</summary>
internal static class OpenInferenceSnippets
{
    public static async Task Ask()
    {
        using var client = new OpenInferenceClient(new Uri("grpc://localhost:8001"));
        var request = new InferRequest("model", [Tensor.From<float>("x", [1, 4], [0.1f, 0.2f, 0.3f, 0.4f])]);
        var response = await client.InferAsync(request);
        if (response.IsSuccess)
            Console.WriteLine(string.Join(", ", response.Value.Outputs[0].ToArray<float>()));
        else
            Console.WriteLine($"no answer ({response.Failure.Reason}): {response.Failure.Message}");
    }
}

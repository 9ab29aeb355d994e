using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.ClientAndTier;
using Grpc.Net.Client;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>The sample <c>samples/host</c>: a tier beside other endpoints, as a process.</summary>
public class SampleHostTests
{
    [Fact]
    public async Task A_host_of_ones_own_answers_the_protocol_beside_its_own_endpoints()
    {
        var stop = TestContext.Current.CancellationToken;
        using var test = new TestBundle();
        var (rest, grpc) = (FreePorts.Find(), FreePorts.Find());
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Dimec.Samples.Host.dll"), "--bundle", test.Folder, "--tier", "edge",
            "--restPort", rest.ToString(CultureInfo.InvariantCulture), "--grpcPort", grpc.ToString(CultureInfo.InvariantCulture),
        ])
        { RedirectStandardOutput = true })!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(stop) is { } line
                && !line.Contains("Application started", StringComparison.Ordinal))
            {
            }

            using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{rest}") };
            Assert.Equal("This host answers more than texts.", await client.GetStringAsync(new Uri("/", UriKind.Relative), stop));
            Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/healthz", UriKind.Relative), stop));

            using var body = new StringContent(
                """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a calm day"]}]}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/v2/models/dimec/infer", UriKind.Relative), body, stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
            Assert.Equal("edge", document.RootElement.GetProperty("parameters").GetProperty("dimec_tier").GetString());
            var logits = TestBundle.LogitsOf(test.Bundle, "edge", "a calm day");
            var label = document.RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetString();
            Assert.Equal(test.Bundle.Manifest.Labels[Array.IndexOf(logits, logits.Max())], label);

            using var channel = GrpcChannel.ForAddress($"http://localhost:{grpc}");
            var ready = await new GRPCInferenceService.GRPCInferenceServiceClient(channel).ServerReadyAsync(
                new ServerReadyRequest(), cancellationToken: stop);
            Assert.True(ready.Ready);
        }
        finally
        {
            process.Kill();
        }
    }
}

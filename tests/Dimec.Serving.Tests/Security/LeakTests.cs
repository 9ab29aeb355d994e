using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Backends;
using Dimec.Serving.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Tests.Security;

/// <summary>
/// However a request fails, neither its answer nor a line of the log has a text of it, a path of the machine, or a stack.
/// </summary>
public sealed class LeakTests
{
    private const string Marker = "xqzmarkerqzx";
    private const string Secret = "/srv/xqzfolder/models/secret.onnx";
    private const string Text = """{"name":"text","shape":[1],"datatype":"BYTES","data":["MARKER"]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_REST()
    {
        var log = new EveryLine();
        var backend = new FakeBackend { OnRun = () => throw Fault() };
        await using var tier = await StartAsync(new FakeSource(backend), log, options => options.Tier.MaxBodyBytes = 4096);
        using var ask = new SecureTier(tier);
        var model = "v2/models/dimec/infer";
        foreach (var (path, template) in new[]
        {
            (model, """{"inputs":[TEXT]}"""),
            ("v2/models/dimec_edge/infer", """{"inputs":[TEXT]}"""),
            ("v2/models/none/infer", """{"inputs":[TEXT]}"""),
            ("v2/models/dimec/versions/77/infer", """{"inputs":[TEXT]}"""),
            (model, """{"inputs":[TEXT"""),
            (model, """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["MARKER\u0"]}]}"""),
            (model, """{"inputs":[{"name":"text","shape":[1],"datatype":"INT64","data":["MARKER"]}]}"""),
            (model, """{"inputs":[{"name":"text","shape":[1],"datatype":"FP32","data":["MARKER"]}]}"""),
            (model, """{"inputs":[{"name":"text","shape":[2],"datatype":"BYTES","data":["MARKER"]}]}"""),
            (model, """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":[{"MARKER":1}]}]}"""),
            (model, """{"inputs":"MARKER"}"""),
            (model, """{"inputs":[{"name":"text","shape":["MARKER"],"datatype":"BYTES","data":["MARKER"]}]}"""),
            (model, """{"inputs":[TEXT],"outputs":"MARKER"}"""),
            (model, """{"inputs":[TEXT],"parameters":{"dimec_deadline_ms":"soon"}}"""),
            (model, """{"inputs":[TEXT],"parameters":["MARKER"]}"""),
            (model, """{"inputs":[TEXT,TEXT]}"""),
            (model, "MARKER"),
            (model, """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["LONGMARKER"]}]}"""),
            ("v2/repository/models/dimec/load", """{"parameters":{"MARKER":1}}"""),
            ("v2/logging", """{"MARKER":1}"""),
            ("v2/repository/index", "MARKER"),
        })
        {
            var body = template.Replace("TEXT", Text, StringComparison.Ordinal).Replace("MARKER", Marker, StringComparison.Ordinal)
                .Replace("LONG", new string('a', 5000), StringComparison.Ordinal);
            using var answer = await ask.SendAsync(path, body: body);
            Assert.True(answer.StatusCode >= HttpStatusCode.BadRequest, $"{path} {body}");
            Clean($"{path} {body}", await answer.Content.ReadAsStringAsync(Stop));
        }

        Clean("the log", log.Entries);
        Assert.Contains(log.Entries, entry => entry.Contains(
            "A run of tier edge failed: InvalidOperationException of IOException in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_gRPC_and_its_streams()
    {
        var log = new EveryLine();
        var backend = new FakeBackend { OnRun = () => throw Fault() };
        await using var tier = await StartAsync(new FakeSource(backend), log, options => options.Tier.MaxBodyBytes = 4096);
        using var ask = new SecureTier(tier);
        foreach (var change in new Action<ModelInferRequest>[]
        {
            _ => { },
            request => request.ModelName = "none",
            request => request.Inputs[0].Datatype = "FP32",
            request => request.Inputs[0].Shape[0] = 7,
            request => request.Inputs[0].Contents.IntContents.Add(1),
            request => request.RawInputContents.Add(ByteString.CopyFromUtf8(Marker)),
            request => request.Parameters["dimec_deadline_ms"] = new InferParameter { StringParam = "soon" },
            request => request.Inputs[0].Contents.BytesContents.Add(ByteString.CopyFromUtf8(new string('a', 5000))),
        })
        {
            var request = SecureTier.Request.Clone();
            request.Inputs[0].Contents.BytesContents[0] = ByteString.CopyFromUtf8(Marker);
            change(request);
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await ask.Grpc.ModelInferAsync(request, cancellationToken: Stop));
            Clean($"{request}", refused.Status.Detail);
            using var stream = ask.Grpc.ModelStreamInfer(cancellationToken: Stop);
            var ended = await Record.ExceptionAsync(async () =>
            {
                await stream.RequestStream.WriteAsync(request, Stop);
                await stream.RequestStream.CompleteAsync();
                while (await stream.ResponseStream.MoveNext(Stop))
                    Clean($"{request}", $"{stream.ResponseStream.Current}");
            });
            Clean($"{request}", (ended as RpcException)?.Status.Detail ?? "");
        }

        Clean("the log", log.Entries);
    }

    [Fact]
    public async Task When_a_bundle_cannot_be_loaded()
    {
        var log = new EveryLine();
        Exception thrown = new InputException($"{Secret}: line 3", $"was changed since '{Secret}' was written", "copy the bundle again");
        var source = new FakeSource(new FakeBackend());
        await using var tier = await StartAsync(source, log);
        source.OnOpen = () => throw thrown;
        using var ask = new SecureTier(tier);
        source.Next = new FakeBackend { Description = new FakeBackend().Description with { Revision = 4, Hash = new string('b', 64) } };
        foreach (var next in new[] { thrown, Fault() })
        {
            thrown = next;
            using var answer = await ask.SendAsync("v2/repository/models/dimec/load", body: "{}");
            Assert.True(answer.StatusCode >= HttpStatusCode.BadRequest);
            var said = await answer.Content.ReadAsStringAsync(Stop);
            Clean("load", said);
            Assert.Equal(next is InputException, said.Contains("secret.onnx: line 3: was changed since", StringComparison.Ordinal));
            using var index = await ask.SendAsync("v2/repository/index", body: "{}");
            Clean("index", await index.Content.ReadAsStringAsync(Stop));
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await ask.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop));
            Clean("load", refused.Status.Detail);
        }

        Clean("the log", log.Entries);
        Assert.Equal(4, log.Entries.Count(entry => entry.Contains("refuses what is deployed", StringComparison.Ordinal)));
    }

    /// <summary>What a run or a file may fail with, in words that nobody else is to read.</summary>
    private static InvalidOperationException Fault()
    {
        try
        {
            throw new IOException($"Could not read {Secret} for '{Marker}'");
        }
        catch (IOException inner)
        {
            return new InvalidOperationException($"'{Marker}' failed in {Secret}", inner);
        }
    }

    private static async Task<RunningTier> StartAsync(FakeSource source, EveryLine log, Action<DimecTierHostOptions>? configure = null)
    {
        var tier = await RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = ("none", "edge");
            configure?.Invoke(options);
        }, builder =>
        {
            builder.Services.AddSingleton<IBackendSource>(source);
            log.AddTo(builder.Logging);
        });
        tier.Expected = _ => true;
        return tier;
    }

    private static void Clean(string what, IEnumerable<string> said)
    {
        foreach (var line in said)
            Clean(what, line);
    }

    private static void Clean(string what, string said)
    {
        foreach (var word in new[] { Marker, "xqzfolder", "/srv", "/work", "/tmp", "   at ", ".cs:line" })
            Assert.False(said.Contains(word, StringComparison.OrdinalIgnoreCase), $"{what}: '{word}' in {said}");
    }
}

using System.Buffers.Binary;
using System.Text;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Dimec.Fuzzing.Network;

/// <summary>gRPC calls to two tiers: their framing, packed or not, messages of requests with raw and typed contents, and streams.</summary>
internal sealed class GrpcRequestTarget : FuzzTarget
{
    /// <summary>13 is the framework's own word for a message that is cut off; a failure of ours would be in the log.</summary>
    private static readonly string[] s_statuses = ["0", "3", "4", "5", "8", "9", "12", "13"];

    private static readonly (string Method, IMessage Message, MessageDescriptor Descriptor)[] s_others =
    [
        ("ModelMetadata", new ModelMetadataRequest { Name = "dimec", Version = "3" }, ModelMetadataRequest.Descriptor),
        ("ModelReady", new ModelReadyRequest { Name = "dimec_edge" }, ModelReadyRequest.Descriptor),
        ("RepositoryIndex", new RepositoryIndexRequest { Ready = true }, RepositoryIndexRequest.Descriptor),
        ("RepositoryModelLoad", new RepositoryModelLoadRequest { ModelName = "dimec" }, RepositoryModelLoadRequest.Descriptor),
        ("ModelStatistics", new ModelStatisticsRequest { Name = "dimec" }, ModelStatisticsRequest.Descriptor),
    ];

    private readonly WalkBundle _bundle = new();
    private readonly TierHost _mobile;
    private readonly TierHost _edge;
    private readonly (string Method, WireMessage Message, bool IsMobile)[] _valid;

    public GrpcRequestTarget()
    {
        (_mobile, _edge) = (new TierHost(_bundle.Folder, "mobile"), new TierHost(_bundle.Folder, "edge"));
        _valid =
        [
            .. Requests.All.Select(request => ("ModelInfer", Wire(GrpcCodec.ToMessage(request), ModelInferRequest.Descriptor),
                IsMobile(request.Model))),
            ("ModelInfer", Wire(Typed(), ModelInferRequest.Descriptor), false),
            ("ModelInfer", Wire(TypedText(), ModelInferRequest.Descriptor), false),
            ("ModelInfer", Wire(AllTyped(), ModelInferRequest.Descriptor), false),
            .. s_others.Select(other => (other.Method, Wire(other.Message, other.Descriptor), false)),
        ];
    }

    public override string Name => "grpc-request";

    public override string What => "gRPC calls: framing, messages, streams";

    protected override int Multiple => 64;

    public override double Share => 4;

    public override bool IsOnManyThreads => true;

    public override byte[] Make(Random random)
    {
        var (method, message, isMobile) = _valid[random.Next(_valid.Length)];
        var streams = method == "ModelInfer" && random.Next(8) == 0;
        using var body = new MemoryStream();
        var packed = random.Next(8) == 0;
        for (var messages = streams ? random.Next(1, 4) : 1; messages > 0; messages--)
            body.Write(Framed(random, WireMutator.Mutate(random, message, malformed: 0.08), packed));
        var bytes = random.Next(30) == 0 ? ByteMutator.Mutate(random, body.ToArray()) : body.ToArray();
        return FileSet.Pack(new Dictionary<string, byte[]>
        {
            ["method"] = Encoding.UTF8.GetBytes(streams ? "ModelStreamInfer" : method),
            ["tier"] = Encoding.UTF8.GetBytes(isMobile || random.Next(6) == 0 ? "mobile" : "edge"),
            ["encoding"] = Encoding.UTF8.GetBytes(packed ? random.Next(30) == 0 ? "br" : "gzip" : "identity"),
            ["body"] = bytes,
        });
    }

    public override Verdict Run(byte[] input)
    {
        var parts = FileSet.Unpack(input);
        var tier = Encoding.UTF8.GetString(parts["tier"]) == "mobile" ? _mobile : _edge;
        var answer = InProcessAnswer.Ask(
            tier.Server, "HTTP/2", "POST", $"/inference.GRPCInferenceService/{Encoding.UTF8.GetString(parts["method"])}",
            [
                new("Content-Type", "application/grpc"), new("TE", "trailers"), new("grpc-encoding",
                    Encoding.UTF8.GetString(parts["encoding"])),
            ],
            parts["body"]);
        tier.CheckLog();
        var status = answer.Trailer("grpc-status");
        var message = Uri.UnescapeDataString(answer.Trailer("grpc-message") ?? "");
        if (!s_statuses.Contains(status))
            throw new BrokenPromiseException($"HTTP {answer.Status}, status {status} {message}");
        if (status == "0")
            return Verdict.Accepted;
        Sentences.Check(message);
        return status == "13" || message.Contains("no gRPC message", StringComparison.Ordinal) || message.Contains("no message",
            StringComparison.Ordinal)
            || message.Contains("cannot be read", StringComparison.Ordinal) || message.Contains("not a message", StringComparison.Ordinal)
            ? Verdict.Malformed
            : Verdict.Refused;
    }

    /// <summary>Packed messages may grow to what is taken.</summary>
    protected override long Weight(byte[] input) => input.Length + TierHost.MaxBodyBytes;

    protected override void Close()
    {
        _mobile.Dispose();
        _edge.Dispose();
        _bundle.Dispose();
    }

    private static WireMessage Wire(IMessage message, MessageDescriptor descriptor) => WireMessage.Parse(message.ToByteArray(), descriptor);

    private static bool IsMobile(string model) => model is "dimec_plan" or "dimec_mobile";

    private static byte[] Framed(Random random, byte[] message, bool packed)
    {
        if (packed)
            message = random.Next(200) == 0 ? Packing.Bomb(random.Next(1 << 20, 1 << 24), gzip: true) : Packing.Pack(message, gzip: true);
        if (packed && random.Next(6) == 0)
            message = ByteMutator.Mutate(random, message);
        var header = new byte[5];
        header[0] = (byte)(packed ? 1 : random.Next(60) == 0 ? 2 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), random.Next(60) == 0 ? (uint)random.NextInt64(1L << 32) : (
            uint)message.Length);
        return [.. header, .. message];
    }

    private static ModelInferRequest Typed()
    {
        var request = new ModelInferRequest { ModelName = "dimec_edge", Id = "typed" };
        foreach (var name in new[] { "input_ids", "attention_mask", "token_type_ids" })
        {
            request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor
            {
                Name = name,
                Datatype = "INT64",
                Shape = { 1, 3 },
                Contents = new InferTensorContents
                {
                    Int64Contents = { name == "input_ids" ? [2, 5, 3] : name == "attention_mask" ? [1, 1,
                    1] : [0, 0, 0] }
                },
            });
        }

        return request;
    }

    private static ModelInferRequest AllTyped()
    {
        var request = new ModelInferRequest { ModelName = "dimec" };
        foreach (var (type, contents) in new[]
        {
            ("BOOL", new InferTensorContents { BoolContents = { true, false } }), ("INT8", new() { IntContents = { -128, 127 } }),
            ("INT16", new() { IntContents = { -1, 2 } }), ("INT32", new() { IntContents = { -1, 2 } }),
            ("UINT8", new() { UintContents = { 0, 255 } }), ("UINT16", new() { UintContents = { 0, 65535 } }),
            ("UINT32", new() { UintContents = { 0, 7 } }), ("UINT64", new() { Uint64Contents = { 0, 9 } }),
            ("FP32", new() { Fp32Contents = { 0, 1 } }), ("FP64", new() { Fp64Contents = { 0, 1 } }),
        })
        {
            request.Inputs.Add(
                new ModelInferRequest.Types.InferInputTensor { Name = type, Datatype = type, Shape = { 2 }, Contents = contents });
        }

        return request;
    }

    private static ModelInferRequest TypedText() => new()
    {
        ModelName = "dimec",
        Parameters = { ["dimec_deadline_ms"] = new InferParameter { Int64Param = 2000 }, ["x"] = new InferParameter { DoubleParam = 1 } },
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor
            {
                Name = "text", Datatype = "BYTES", Shape = { 1 },
                Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8("the film") } },
                Parameters = { ["content_type"] = new InferParameter { StringParam = "str" } },
            },
        },
        Outputs = { new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "label" } },
    };
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dimec.Fuzzing.Mutation;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Google.Protobuf;

namespace Dimec.Fuzzing.Network;

/// <summary>What a server may answer a client over gRPC: packed or not, with whatever trailers.</summary>
internal sealed class GrpcAnswerTarget : FuzzTarget
{
    private const int MostBytes = 128 << 10;

    private readonly AnsweringHandler _handler = new();
    private readonly OpenInferenceClient _client;

    private readonly WireMessage[] _answers =
    [
        .. new[] { Answers.Logits(DataType.Float32), Answers.Logits(DataType.Int8), Answers.Walk(DataType.Float16), Answers.Texts() }
            .Select(answer => WireMessage.Parse(GrpcCodec.ToMessage(answer).ToByteArray(), ModelInferResponse.Descriptor)),
        WireMessage.Parse(Typed().ToByteArray(), ModelInferResponse.Descriptor),
    ];

    private readonly WireMessage _model = WireMessage.Parse(
        GrpcCodec.ToMessage(new ModelMetadata("m", ["3"], "p", [new("x", "INT64", [-1])], [new("logits", "FP32", [-1, 2])])).ToByteArray(),
        ModelMetadataResponse.Descriptor);

    public GrpcAnswerTarget() => _client = new OpenInferenceClient(
        new Uri("grpc://made:1"), new OpenInferenceClientOptions { CreateHandler = () => _handler, MaxResponseBytes = MostBytes });

    public override string Name => "grpc-answer";

    public override string What => "answers of a server to a client over gRPC";

    protected override int Multiple => 64;

    public override double Share => 3;

    public override bool IsOnManyThreads => true;

    public override byte[] Make(Random random)
    {
        var isModel = random.Next(6) == 0;
        var message = WireMutator.Mutate(random, isModel ? _model : _answers[random.Next(_answers.Length)], malformed: 0.08);
        var packed = random.Next(8) == 0;
        if (packed)
            message = random.Next(60) == 0 ? Packing.Bomb(random.Next(1 << 22, 1 << 25), gzip: true) : Packing.Pack(message, gzip: true);
        if (packed && random.Next(6) == 0)
            message = ByteMutator.Mutate(random, message);
        var header = new byte[5];
        header[0] = (byte)(packed ? 1 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), random.Next(60) == 0 ? (uint)random.NextInt64(1L << 32) : (
            uint)message.Length);
        return FileSet.Pack(new Dictionary<string, byte[]>
        {
            ["call"] = [(byte)(isModel ? 1 : 0)],
            ["encoding"] = Encoding.UTF8.GetBytes(packed ? "gzip" : "identity"),
            ["status"] = Encoding.UTF8.GetBytes(random.Next(20) == 0 ? $"{random.Next(-1, 20)}" : "0"),
            ["message"] = Encoding.UTF8.GetBytes(random.Next(20) == 0 ? "%1b[31m %ZZ%e9%0a" : ""),
            ["after"] = Encoding.UTF8.GetBytes(random.Next(20) == 0 ? $"{random.NextInt64(-5, 1L << 40)}" : ""),
            ["body"] = [.. header, .. message, .. random.Next(40) == 0 ? header : []],
        });
    }

    public override Verdict Run(byte[] input)
    {
        var parts = FileSet.Unpack(input);
        _handler.Answer = _ => Answer(parts);
        var failure = parts["call"][0] == 1
            ? _client.GetModelMetadataAsync("m", "3").GetAwaiter().GetResult().Failure
            : _client.InferAsync(Requests.All[0]).GetAwaiter().GetResult().Failure;
        if (failure is null)
            return Verdict.Accepted;
        if (failure.ServerMessage is null)
            Sentences.Check(failure.Message);
        return failure.Message.Contains("answer cannot be used", StringComparison.Ordinal) || failure.ServerMessage is not null
            ? Verdict.Refused
            : Verdict.Malformed;
    }

    /// <summary>Packed answers may grow to what is taken.</summary>
    protected override long Weight(byte[] input) => input.Length + MostBytes;

    protected override void Close() => _client.Dispose();

    private static HttpResponseMessage Answer(Dictionary<string, byte[]> parts)
    {
        var content = new ByteArrayContent(parts["body"]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = content, Version = HttpVersion.Version20 };
        answer.Headers.TryAddWithoutValidation("grpc-encoding", Encoding.UTF8.GetString(parts["encoding"]));
        foreach (var (trailer, part) in new[] { ("grpc-status", "status"), ("grpc-message", "message"), ("grpc-retry-pushback-ms",
            "after") })
        {
            if (parts[part].Length > 0)
                answer.TrailingHeaders.TryAddWithoutValidation(trailer, Encoding.UTF8.GetString(parts[part]));
        }

        return answer;
    }

    private static ModelInferResponse Typed() => new()
    {
        ModelName = "dimec_edge",
        Outputs =
        {
            new ModelInferResponse.Types.InferOutputTensor
            {
                Name = "logits", Datatype = "FP32", Shape = { 1, 2 }, Contents = new InferTensorContents { Fp32Contents = { 1, 2 } },
            },
            new ModelInferResponse.Types.InferOutputTensor
            {
                Name = "small", Datatype = "INT8", Shape = { 2 }, Contents = new InferTensorContents { IntContents = { -128, 127 } },
            },
            new ModelInferResponse.Types.InferOutputTensor
            {
                Name = "words", Datatype = "UINT16", Shape = { 2 }, Contents = new InferTensorContents { UintContents = { 0, 65535 } },
            },
        },
    };
}

using System.Globalization;
using System.Net;
using System.Text;
using Dimec.Fuzzing.Files;
using Dimec.Fuzzing.Mutation;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;

namespace Dimec.Fuzzing.Network;

/// <summary>What a server may answer a client over REST.</summary>
internal sealed class RestAnswerTarget : FuzzTarget
{
    private const int MostBytes = 128 << 10;

    private static readonly JsonTree[] s_others =
    [
        JsonTree.Parse("""{"name":"dimec","version":"1","extensions":["binary_tensor_data"]}"""),
        JsonTree.Parse("""{"name":"m","versions":["3"],"platform":"p","inputs":[{"name":"x","datatype":"INT64","shape":[-1,-1]}],"outputs":[{"name":"logits","datatype":"FP32","shape":[-1,2]}]}"""),
        JsonTree.Parse("""{"live":true}"""), JsonTree.Parse("""{"name":"m","ready":false}"""), JsonTree.Parse("""{"error":"no such model"}"""),
    ];

    private static readonly int[] s_statuses = [200, 400, 404, 429, 500, 503, 204, 302, 599];

    private readonly AnsweringHandler _handler = new();
    private readonly OpenInferenceClient _client;
    private readonly (JsonTree Header, byte[] Binary)[] _valid;

    public RestAnswerTarget()
    {
        _client = new OpenInferenceClient(new Uri("http://made:1"), new OpenInferenceClientOptions
        {
            CreateHandler = () => _handler,
            MaxResponseBytes = MostBytes,
            BinaryData = BinaryData.Always,
        });
        InferResponse[] answers =
        [
            Answers.Logits(DataType.Float32), Answers.Logits(DataType.Int8), Answers.Logits(DataType.Float16),
                Answers.Walk(DataType.Float32), Answers.Texts(),
        ];
        _valid = [.. answers.SelectMany(answer => new[] { true, false }
            .Where(binary => binary || answer.Outputs.All(output => output.Type != DataType.Float16))
            .Select(binary =>
            {
                var (body, length) = RestResponseCodec.Write(answer, _ => binary);
                var header = length ?? body.Length;
                return (JsonTree.Parse(Encoding.UTF8.GetString(body, 0, header)), body[header..]);
            }))];
    }

    public override string Name => "rest-answer";

    public override string What => "answers of a server to a client over REST";

    protected override int Multiple => 64;

    public override double Share => 3;

    public override byte[] Make(Random random)
    {
        var (header, binary) = random.Next(5) == 0 ? (s_others[random.Next(s_others.Length)], []) : _valid[random.Next(_valid.Length)];
        var json = JsonMutator.Mutate(random, [header], malformed: 0.08);
        var parts = new Dictionary<string, byte[]>
        {
            ["status"] = Encoding.UTF8.GetBytes(random.Next(12) == 0 ? $"{s_statuses[random.Next(s_statuses.Length)]}" : "200"),
            ["body"] = [.. json, .. random.Next(10) == 0 ? ByteMutator.Mutate(random, binary) : binary],
            ["call"] = [(byte)(random.Next(5) == 0 || binary.Length == 0 ? random.Next(5) : 0)],
        };
        if (binary.Length > 0)
            parts["length"] = Encoding.UTF8.GetBytes(random.Next(30) == 0 ? $"{random.Next(-2, 2000)}" : json.Length.ToString(
                CultureInfo.InvariantCulture));
        if (random.Next(20) == 0)
            parts["after"] = Encoding.UTF8.GetBytes(random.Next(3) switch
            {
                0 => "99999999999",
                1 => "-1",
                _ => "Wed, 21 Oct 2026 07:28:00 GMT"
            });
        return FileSet.Pack(parts);
    }

    public override Verdict Run(byte[] input)
    {
        var parts = FileSet.Unpack(input);
        _handler.Answer = _ => Answer(parts);
        var failure = parts["call"][0] switch
        {
            1 => _client.GetServerMetadataAsync().GetAwaiter().GetResult().Failure,
            2 => _client.GetModelMetadataAsync("m", "3").GetAwaiter().GetResult().Failure,
            3 => _client.IsServerLiveAsync().GetAwaiter().GetResult().Failure,
            4 => _client.IsModelReadyAsync("m").GetAwaiter().GetResult().Failure,
            _ => Infer(),
        };
        if (failure is null)
            return Verdict.Accepted;
        if (failure.ServerMessage is null)
            Sentences.Check(failure.Message);
        return failure.Message.Contains("is not valid JSON", StringComparison.Ordinal) || failure.Message.Contains(
            "something else than JSON", StringComparison.Ordinal)
            || !FirstStage.IsJson(Header(parts))
            ? Verdict.Malformed
            : Verdict.Refused;
    }

    protected override void Close() => _client.Dispose();

    private OpenInferenceFailure? Infer()
    {
        var result = _client.InferAsync(Requests.All[0]).GetAwaiter().GetResult();
        foreach (var output in result.Value?.Outputs ?? [])
        {
            if (output.Type != DataType.Bytes && output.Raw.Length != (long)output.Count * DataTypes.SizeOf(output.Type))
                throw new BrokenPromiseException($"'{output.Name}' has {output.Raw.Length} bytes");
            if (output.Type == DataType.Bytes && output.ToBytes().Length != output.Count)
                throw new BrokenPromiseException($"'{output.Name}' has other elements than {output.Count}");
        }

        return result.Failure;
    }

    private static byte[] Header(Dictionary<string, byte[]> parts) =>
        parts.TryGetValue("length", out var said) && int.TryParse(Encoding.UTF8.GetString(said), out var length)
            && length >= 0 && length <= parts["body"].Length
            ? parts["body"][..length]
            : parts["body"];

    private static HttpResponseMessage Answer(Dictionary<string, byte[]> parts)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(Encoding.UTF8.GetString(parts["status"]),
            CultureInfo.InvariantCulture))
        {
            Content = new ByteArrayContent(parts["body"]),
        };
        if (parts.TryGetValue("length", out var length))
            answer.Headers.TryAddWithoutValidation(RestNames.HeaderLength, Encoding.UTF8.GetString(length));
        if (parts.TryGetValue("after", out var after))
            answer.Headers.TryAddWithoutValidation("Retry-After", Encoding.UTF8.GetString(after));
        return answer;
    }
}

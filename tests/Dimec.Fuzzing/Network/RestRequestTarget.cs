using System.Globalization;
using System.Text;
using System.Text.Json;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;

namespace Dimec.Fuzzing.Network;

/// <summary>REST requests to two tiers: texts, token ids, hidden states, binary data, packed bodies, and what Triton's clients ask
/// for.</summary>
internal sealed class RestRequestTarget : FuzzTarget
{
    private static readonly int[] s_statuses = [200, 400, 404, 405, 415, 429, 501, 504];

    private static readonly string[] s_encodings = ["gzip", "deflate", "br", "gzip, gzip", "identity", ",", "x-gzip", "GZIP", "\u00e9"];

    private static readonly string[] s_accepted = ["gzip", "deflate", "gzip;q=0.5, deflate", "*;q=0", "identity;q=1, gzip;q=0.1", ";",
        "br"];

    private static readonly string[] s_types =
        ["application/json", "application/octet-stream", "text/plain; charset=utf-16", "x/y", ";", "multipart/form-data",
            "application/json; charset=\"\""];

    private static readonly string[] s_paths =
    [
        "/v2/repository/index", "/v2/trace/setting", "/v2/logging", "/v2/repository/models/dimec/load", "/v2/models/dimec/trace/setting",
        "/v2/systemsharedmemory/region/a/register", "/v2/models/dimec/stats", "/v2/models/dimec", "/v2/models//infer", "/x",
            "/v2/models/\u00e9/infer",
    ];

    private static readonly JsonTree[] s_settings =
    [
        JsonTree.Parse("{\"ready\":true}"), JsonTree.Parse("{\"trace_level\":[\"OFF\"],\"trace_rate\":\"1\"}"),
            JsonTree.Parse("{\"log_verbose_level\":1}"),
        JsonTree.Parse("{\"parameters\":{\"config\":\"{}\"}}"),
    ];

    private readonly WalkBundle _bundle = new();
    private readonly TierHost _mobile;
    private readonly TierHost _edge;
    private readonly (string Path, JsonTree Header, byte[] Binary)[] _valid;

    public RestRequestTarget()
    {
        (_mobile, _edge) = (new TierHost(_bundle.Folder, "mobile"), new TierHost(_bundle.Folder, "edge"));
        _valid = [.. Requests.All.SelectMany(request => new[] { true, false }
            .Where(binary => binary || request.Inputs.All(input => input.Type is not DataType.Float16))
            .Select(binary =>
            {
                var (body, length) = RestRequestCodec.Write(request, binary);
                return ($"/v2/models/{request.Model}/infer", JsonTree.Parse(Encoding.UTF8.GetString(body, 0, length)), body[length..]);
            }))];
    }

    public override string Name => "rest-request";

    public override string What => "REST requests, binary data, gzip and deflate";

    protected override int Multiple => 64;

    public override double Share => 4;

    public override bool IsOnManyThreads => true;

    public override byte[] Make(Random random)
    {
        var parts = new Dictionary<string, byte[]>();
        var (path, header, binary) = _valid[random.Next(_valid.Length)];
        if (random.Next(12) == 0)
            (path, header, binary) = (s_paths[random.Next(s_paths.Length)], s_settings[random.Next(s_settings.Length)], []);
        var json = JsonMutator.Mutate(random, [header], malformed: 0.08);
        var rest = random.Next(10) == 0 ? ByteMutator.Mutate(random, binary) : binary;
        Set("path", random.Next(40) == 0 ? path.Replace("infer", "versions/3/infer", StringComparison.Ordinal) : path);
        Set("tier", random.Next(4) == 0 || path.Contains("plan", StringComparison.Ordinal) || path.Contains("mobile",
            StringComparison.Ordinal)
            ? "mobile" : "edge");
        Set("method", random.Next(60) == 0 ? "GET" : "POST");
        byte[] body = [.. json, .. rest];
        if (random.Next(60) == 0)
            Set("length", random.Next(4) switch { 0 => "-1", 1 => "0", 2 => "99999999999", _ => $"{random.Next(body.Length + 2)}" });
        else if (binary.Length > 0 || random.Next(8) == 0)
            Set("length", json.Length.ToString(CultureInfo.InvariantCulture));
        if (random.Next(30) == 0)
            Set("type", s_types[random.Next(s_types.Length)]);
        if (random.Next(4) == 0)
            Set("accept", s_accepted[random.Next(s_accepted.Length)]);
        parts["body"] = Encode(random, body, Set);
        return FileSet.Pack(parts);

        void Set(string name, string value) => parts[name] = Encoding.UTF8.GetBytes(value);
    }

    public override Verdict Run(byte[] input)
    {
        var parts = FileSet.Unpack(input);
        var tier = Text(parts, "tier") == "mobile" ? _mobile : _edge;
        var headers = new List<KeyValuePair<string, string>>();
        Add("Inference-Header-Content-Length", "length");
        Add("Content-Encoding", "encoding");
        Add("Content-Type", "type");
        Add("Accept-Encoding", "accept");
        var answer = InProcessAnswer.Ask(
            tier.Server, "HTTP/1.1", Text(parts, "method")!, Text(parts, "path")!, headers, parts["body"]);
        tier.CheckLog();
        if (!s_statuses.Contains(answer.Status) && !IsNoNumber(answer))
            throw new BrokenPromiseException($"{answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
        if (answer.Status == 200)
            return Verdict.Accepted;
        var error = JsonElement.Parse(answer.Body).GetProperty("error").GetString()!;
        Sentences.Check(error);
        return IsMalformed(error) ? Verdict.Malformed : Verdict.Refused;

        void Add(string header, string part)
        {
            if (Text(parts, part) is { } value)
                headers.Add(new(header, value));
        }
    }

    /// <summary>Packed bodies may grow to what is taken, for an answer of the same size as well.</summary>
    protected override long Weight(byte[] input) => input.Length + TierHost.MaxBodyBytes;

    protected override void Close()
    {
        _mobile.Dispose();
        _edge.Dispose();
        _bundle.Dispose();
    }

    /// <summary>A model that gave no number, which hidden states can bring about.</summary>
    private static bool IsNoNumber(InProcessAnswer answer) =>
        answer.Status == 500 && Encoding.UTF8.GetString(answer.Body).Contains("not a finite number", StringComparison.Ordinal);

    /// <summary>What HTTP's and JSON's own rules refuse; all else was read as a request of the protocol.</summary>
    private static bool IsMalformed(string error) => error.StartsWith("the body is not", StringComparison.Ordinal)
        || error.Contains("JSON has an escape sequence", StringComparison.Ordinal) || error.Contains("Content-Encoding",
            StringComparison.Ordinal)
        || error.Contains("Content-Type", StringComparison.Ordinal) || error.StartsWith("the body has bytes", StringComparison.Ordinal);

    private static byte[] Encode(Random random, byte[] body, Action<string, string> set)
    {
        switch (random.Next(16))
        {
            case 0 or 1:
                var gzip = random.Next(2) == 0;
                set("encoding", gzip ? "gzip" : "deflate");
                var packed = random.Next(200) == 0 ? Packing.Bomb(random.Next(1 << 20, 1 << 24), gzip) : Packing.Pack(body, gzip);
                if (gzip && random.Next(10) == 0)
                    packed = [.. packed, .. Packing.Pack([], gzip), .. Packing.Pack("  "u8.ToArray(), gzip)];
                return random.Next(5) == 0 ? ByteMutator.Mutate(random, packed) : packed;
            case 2 when random.Next(4) == 0:
                set("encoding", s_encodings[random.Next(s_encodings.Length)]);
                return body;
            default:
                return body;
        }
    }

    private static string? Text(Dictionary<string, byte[]> parts, string name) =>
        parts.TryGetValue(name, out var value) ? Encoding.UTF8.GetString(value) : null;
}

using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Fuzzing.Network;

/// <summary>Requests as they should be, for the tiers of a <see cref="Made.WalkBundle"/>.</summary>
internal static class Requests
{
    public const int Hidden = 24;

    private static readonly long[] s_ids = [2, 5, 6, 7, 3, 2, 9, 3, 0, 0];
    private static readonly long[] s_mask = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0];

    public static InferRequest Texts(string model) => new(model, [Tensor.FromStrings("text", [2, 1], ["the film is good", "word3 é"])])
    {
        Id = "one",
        Parameters = new Dictionary<string, ParameterValue> { [TierNames.LocalOnlyParameter] = "true", ["priority"] = "1" },
        Outputs = model == TierNames.TextModel
            ? [new RequestedOutput(TierNames.Probabilities) { Parameters = new Dictionary<string,
                ParameterValue> { ["classification"] = 1 } }]
            : [],
    };

    public static InferRequest Tokens(string model) => new(model, [.. TokenInputs()])
    {
        Parameters = new Dictionary<string, ParameterValue>
        {
            [TierNames.HiddenFormatParameter] = "int8",
            [TierNames.DeadlineParameter] = "2000"
        },
        Outputs = [new RequestedOutput("logits"), new RequestedOutput("hidden_states", Binary: true)],
    };

    /// <summary>Hidden states with the exits that were passed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="type">Their numbers.</param>
    /// <param name="passed">Whether the exits passed are said.</param>
    public static InferRequest States(string model, DataType type, bool passed)
    {
        List<Tensor> inputs = [.. StateTensors(type), Tensor.From<long>("attention_mask", [2, 5], s_mask)];
        if (passed)
        {
            inputs.Add(Tensor.From<int>(TierNames.Passed, [2, 3, 4], [0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 2, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 2,
                1]));
            inputs.Add(Tensor.From<float>(TierNames.PassedLogits, [2, 3, 2], new float[12]));
        }

        return new InferRequest(model, inputs)
        {
            Parameters = new Dictionary<string, ParameterValue>
            {
                [TierNames.StopParameter] = "3",
                [TierNames.LayerParameter] = "2",
                [TierNames.LocalOnlyParameter] = "true",
            },
        };
    }

    /// <summary>Hidden states of two rows of five tokens.</summary>
    public static IEnumerable<Tensor> StateTensors(DataType type)
    {
        long[] shape = [2, 5, Hidden];
        if (type == DataType.Float32)
            return [Tensor.From<float>(TierNames.HiddenStates, shape, new float[10 * Hidden])];
        if (type == DataType.Float16)
            return [Tensor.From<Half>(TierNames.HiddenStates, shape, new Half[10 * Hidden])];
        return
        [
            Tensor.From<sbyte>(TierNames.HiddenStates, shape, new sbyte[10 * Hidden]),
            Tensor.From<float>(TierNames.HiddenScales, [2, 5], new float[10]),
        ];
    }

    /// <summary>One input of each type that JSON has; no model takes them all.</summary>
    public static InferRequest Types { get; } = new("dimec",
    [
        Tensor.From<bool>("bool", [2], [true, false]), Tensor.From<sbyte>("i8", [2], [-128, 127]), Tensor.From<short>("i16", [2], [-1, 2]),
        Tensor.From<int>("i32", [1, 2], [-1, 2]), Tensor.From<long>("i64", [2, 1], [-1, 2]), Tensor.From<byte>("u8", [2], [0, 255]),
        Tensor.From<ushort>("u16", [2], [0, 65535]), Tensor.From<uint>("u32", [2], [0, 7]), Tensor.From<ulong>("u64", [2], [0, 9]),
        Tensor.From<float>("f32", [2, 2], [0, 0.5f, 1, -1]), Tensor.From<double>("f64", [2], [0, 1e300]),
        Tensor.FromStrings("text", [2], ["a", "é"]).With(new Dictionary<string, ParameterValue> { ["content_type"] = "str" }),
    ])
    {
        Parameters = new Dictionary<string, ParameterValue>
        {
            ["content_encoding"] = "utf-8",
            ["sequence_id"] = 0,
            ["sequence_start"] = true,
            ["timeout"] = 1,
        },
    };

    /// <summary>More rows than a tier takes, and none.</summary>
    private static IEnumerable<InferRequest> Rows =>
    [
        new("dimec", [Tensor.FromStrings("text", [200, 1], [.. Enumerable.Repeat("a", 200)])]),
        new("dimec", [Tensor.FromStrings("text", [0, 1], [])]),
        new("dimec_edge", [Tensor.From<long>("input_ids", [1, 40], new long[40]), Tensor.From<long>("attention_mask", [1, 40],
            new long[40])]),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InferRequest> All { get; } =
    [
        Texts(TierNames.TextModel), Texts(TierNames.PlanModel), Tokens("dimec_edge"), Tokens("dimec_mobile"), Tokens("dimec_walk") with
        {
            Parameters = new Dictionary<string, ParameterValue> { [TierNames.StopParameter] = "3" },
        },
        States("dimec_2_3", DataType.Float32, passed: false), States("dimec_2_3", DataType.Int8, passed: false),
        States("dimec_walk_2", DataType.Float32, passed: true), States("dimec_walk_2", DataType.Float16, passed: true),
        States("dimec_walk_2", DataType.Int8, passed: true), Types, .. Rows,
    ];

    private static IEnumerable<Tensor> TokenInputs() =>
    [
        Tensor.From<long>("input_ids", [2, 5], s_ids), Tensor.From<long>("attention_mask", [2, 5], s_mask),
        Tensor.From<long>("token_type_ids", [2, 5], new long[10]),
    ];
}

using Dimec.Cartography;

namespace Dimec.Tests.Cartography;

/// <summary>Training dynamics made of text.</summary>
internal static class Dynamics
{
    public static DynamicsEpoch Epoch(int number, params string[] lines) =>
        new(number, $"dynamics_epoch_{number}.jsonl", () => TextFiles.Stream(string.Concat(lines.Select(line => line + "\n"))));

    public static string Row(string guid, int epoch, string logits, string gold) =>
        $$"""{"guid": {{guid}}, "logits_epoch_{{epoch}}": [{{logits}}], "gold": {{gold}}}""";

    public static IReadOnlyList<SampleMetrics> Map(CartographyOptions options, params DynamicsEpoch[] epochs) =>
        [.. DataMap.Read(epochs, options)];

    public static IReadOnlyList<SampleMetrics> Map(params DynamicsEpoch[] epochs) => Map(new CartographyOptions(), epochs);
}

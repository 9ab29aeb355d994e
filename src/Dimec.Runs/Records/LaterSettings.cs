using System.Text.Json.Nodes;

namespace Dimec.Runs.Records;

/// <summary>
/// Settings that format 1 did not have from its beginning, with what training did before there was a choice:
/// a run of then is resumed as what it is.
/// </summary>
internal static class LaterSettings
{
    public static void AddTo(JsonNode? settings)
    {
        if (settings is not JsonObject present)
            return;
        present.TryAdd("distill", 0.0);
        present.TryAdd("distillTemperature", 2.0);
        present.TryAdd("exitsTraining", "joint");
        present.TryAdd("precision", "fp32");
    }
}

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Finds out which pooling an encoder was trained with.</summary>
internal static class PoolingDetection
{
    private static string HowToChange => $"name another with {CheckpointOptionNames.Pooling}";

    /// <summary>Files that sentence-transformers writes beside every model that it saves.</summary>
    private static readonly string[] s_sentenceEncoderFiles =
    [
        "modules.json", "config_sentence_transformers.json", "sentence_bert_config.json",
    ];

    public static PoolingFinding Find(string folder, ModelConfig config)
    {
        if (SentenceTransformersFolder.PoolingSettings(folder) is { } settings)
            return PoolingModes.Read(settings);
        foreach (var root in SentenceTransformersFolder.Roots(folder))
        {
            if (s_sentenceEncoderFiles.FirstOrDefault(name => CheckpointPlace.Holds(root, name)) is { } file)
            {
                return Assumed(
                    ExitHeadConfig.MeanPooling, $"{Path.Combine(root, file)} is a sentence encoder's, and no file says how it pools");
            }
        }

        if (config.Architecture?.EndsWith("ForSequenceClassification", StringComparison.Ordinal) == true)
            return new PoolingFinding(ExitHeadConfig.ClsPooling, null);
        if (KnownSentenceEncoders.Find(folder, config.NameOrPath) is var (pooling, name))
            return Assumed(pooling, $"the name \"{name}\" is known for a sentence encoder's");
        return new PoolingFinding(
            null,
            $"Nothing in {folder} says which pooling its weights were trained with, so [CLS] is assumed; "
            + $"a sentence encoder needs {CheckpointOptionNames.Pooling} mean.");
    }

    private static PoolingFinding Assumed(string pooling, string why) =>
        new(pooling, $"The pooling {pooling} is assumed: {why}; {HowToChange}.");
}

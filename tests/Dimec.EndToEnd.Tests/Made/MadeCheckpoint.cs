using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;

namespace Dimec.EndToEnd.Tests.Made;

/// <summary>A tiny encoder with random weights in Hugging Face layout, which trains in a second.</summary>
internal static class MadeCheckpoint
{
    /// <summary>Its words; the rest of its vocabulary are the special tokens and digits.</summary>
    private const string Words = "rain wind tomorrow and the match ended in a draw number sport weather";

    /// <summary>Writes the folder.</summary>
    public static string Write(string folder, int layers = 3, EncoderArchitecture? architecture = null)
    {
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words.Split(' '), .. Digits("{0}"), .. Digits("##{0}")];
        var config = RandomCheckpoint.Config(layers: layers, architecture: architecture) with
        {
            VocabularySize = vocabulary.Length,
            MaxPositions = 32,
        };
        // Without heads: those are the training's to add.
        var trained = RandomCheckpoint.Create(
            config, new ExitHeadConfig([1], ExitHeadConfig.LinearHead, ExitHeadConfig.MeanPooling, ["a", "b"], 32));
        var tokenizer = new CheckpointTokenizer(
            CheckpointTokenizer.Vocabulary, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', vocabulary) + "\n"));
        new Checkpoint(config, trained.Weights, null, tokenizer).Save(folder);
        return folder;
    }

    private static IEnumerable<string> Digits(string form) =>
        Enumerable.Range(0, 10).Select(digit => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, digit));
}

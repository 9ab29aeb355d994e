using Dimec.Checkpoints;
using Dimec.Training;

namespace Dimec.Cli.Tests;

/// <summary>What a training says about its encoder before it begins.</summary>
public sealed class BackboneNotesTests
{
    private static readonly string[] s_labels = ["negative", "positive"];

    [Fact]
    public void AnAssumedPoolingIsSaidWhereNoneIsNamed()
    {
        Assert.Equal(["Nothing tells.", "Read so."], Notes(new Made { Note = "Nothing tells." }));
        Assert.Equal(["Read so."], Notes(new Made { Note = "Nothing tells.", Pooling = "cls" }));
    }

    [Theory]
    [InlineData("negative,positive", "the data's labels (0 = negative, 1 = positive).")]
    [InlineData("NEGATIVE,POSITIVE", "which differ from its own in upper and lower case.")]
    [InlineData("POSITIVE,NEGATIVE", "which come in another order: what reads its answers by their numbers has to follow the data's.")]
    [InlineData("1 star,2 stars,3 stars", "which are others.")]
    [InlineData("LABEL_0,LABEL_1", null)]
    public void AClassifierThatIsNotUsedIsSaidWithItsLabels(string own, string? ending)
    {
        var notes = Notes(new Made { Labels = own.Split(',') });
        if (ending is null)
            Assert.Equal(["Read so."], notes);
        else
            Assert.EndsWith(ending, notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TheVocabularysCaseIsSaid() =>
        Assert.Contains("2 of 3 words have capital letters", Notes(new Made { Words = "Film The a" })[1], StringComparison.Ordinal);

    [Fact]
    public void AShorterInputThanTheTrainingsIsSaid()
    {
        Assert.Contains(
            "names a model_max_length of 4 tokens, and texts are cut at 8 here: name --max-length 4",
            Notes(new Made { Settings = """{"model_max_length":4}""" })[1], StringComparison.Ordinal);
        Assert.Single(Notes(new Made { Settings = """{"model_max_length":8}""" }));
    }

    [Fact]
    public void TheEncoderThatTravelsWithTheToolNeedsNoNote() =>
        Assert.Empty(BackboneNotes.Of(
            Backbones.Load(Backbones.MiniLmName), new TrainingArguments { Out = "x", Exits = [6], Backbone = Backbones.MiniLmName },
            s_labels));

    private static string[] Notes(Made made) =>
        [.. BackboneNotes.Of(
            made.Checkpoint(), new TrainingArguments { Out = "x", Exits = [1], Backbone = "folder", Pooling = made.Pooling }, s_labels)];

    private sealed record Made
    {
        public string? Note { get; init; }

        public string? Pooling { get; init; }

        public IReadOnlyList<string> Labels { get; init; } = [];

        public string Words { get; init; } = "a b";

        public string Settings { get; init; } = "{}";

        public Checkpoint Checkpoint()
        {
            var config = new EncoderConfig
            {
                HiddenSize = 2,
                Layers = 1,
                Heads = 1,
                IntermediateSize = 2,
                VocabularySize = 16,
                MaxPositions = 8,
            };
            var vocabulary = string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Words.Split(' ')]);
            return new Checkpoint(
                config, Weights(config), exits: null,
                new CheckpointTokenizer(
                    CheckpointTokenizer.Vocabulary, System.Text.Encoding.UTF8.GetBytes(vocabulary),
                    System.Text.Encoding.UTF8.GetBytes(Settings)))
            {
                PoolingNote = Note,
                Labels = Labels,
                Notes = ["Read so."],
            };
        }

        private static Dictionary<string, WeightTensor> Weights(EncoderConfig config)
        {
            var shapes = new Dictionary<string, int[]>
            {
                ["embeddings.word_embeddings.weight"] = [config.VocabularySize, 2],
                ["embeddings.position_embeddings.weight"] = [config.MaxPositions, 2],
                ["embeddings.token_type_embeddings.weight"] = [2, 2],
                ["embeddings.LayerNorm.weight"] = [2],
                ["embeddings.LayerNorm.bias"] = [2],
            };
            foreach (var name in (string[])
            [
                "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
            ])
            {
                shapes[$"encoder.layer.0.{name}.weight"] = name.EndsWith("LayerNorm", StringComparison.Ordinal) ? [2] : [2, 2];
                shapes[$"encoder.layer.0.{name}.bias"] = [2];
            }

            return shapes.ToDictionary(shape => shape.Key, shape =>
                new WeightTensor(shape.Key, shape.Value, new float[shape.Value.Aggregate(1, (a, b) => a * b)]));
        }
    }
}

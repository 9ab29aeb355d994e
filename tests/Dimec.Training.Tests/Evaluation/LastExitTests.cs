using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;
using Dimec.Training.Evaluation;

namespace Dimec.Training.Tests.Evaluation;

public sealed class LastExitTests
{
    /// <summary>More texts than are answered at once, some with one guid and all without a label.</summary>
    [Fact]
    public void ItSaysOfTextsWhatTheModelDoes()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")));
        var model = Checkpoint.Load(temporary.File("run", "model"));
        var encode = TinyTask.Tokenizer(model, 40);
        var dataset = TinyTask.Data(train: 5000).Train;
        Sample[] texts = [.. dataset.Samples.Select(sample => sample with { Guid = "same", Label = -1 })];
        var told = new List<(int, int)>();
        var answers = LastExit.Answers(
            model, texts, encode, (done, all) => told.Add((done, all)), TestContext.Current.CancellationToken);

        using var trained = new TrainedModel(model);
        var recorded = trained.Predict(dataset, encode, TestContext.Current.CancellationToken);
        Assert.Equal(recorded.Count, answers.Count);
        var expected = new float[2];
        for (var i = 0; i < recorded.Count; i++)
        {
            Softmax.Probabilities(recorded.Logits(i, 1), expected);
            Assert.Equal(expected[0], answers[i][0], 1e-4f);
            Assert.Equal(1, answers[i].Sum(), 1e-5f);
        }

        Assert.True(answers.Select(answer => answer[0]).Distinct().Count() > 100);
        Assert.Equal([(4096, 5000), (5000, 5000)], told);
    }
}

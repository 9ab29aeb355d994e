using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training.Data;

namespace Dimec.Training.Tests.Data;

/// <summary>What is found in the texts is said before the training, and kept.</summary>
public sealed class TextNotesTests
{
    [Fact]
    public void Cut_texts_are_counted_with_what_can_be_done()
    {
        EncodedPart[] parts = [Part("train", 10, i => i < 3), Part("dev", 4, i => i == 0), Part("selection", 4, _ => false)];
        Assert.Equal(
            ["4 of 18 texts are cut at 16 tokens (train 3 of 10, dev 1 of 4), and what stands behind is not read: "
                + "raise MaxLength (to 40 at most, the encoder's positions), or put first what decides."],
            TextNotes.Of(parts, 16, 40));
        Assert.Contains("this is the most that the encoder takes", Assert.Single(TextNotes.Of(parts, 40, 40)), StringComparison.Ordinal);
        Assert.Empty(TextNotes.Of(parts[2..], 16, 40));
    }

    [Fact]
    public void Texts_of_unknown_words_are_counted() =>
        Assert.Contains(
            "2 of 10 texts hold no word that the tokenizer's vocabulary has (train 2 of 10)",
            Assert.Single(TextNotes.Of([Part("train", 10, _ => false, i => i < 2)], 16, 40)), StringComparison.Ordinal);

    [Fact]
    public void A_training_says_it_before_its_first_step_and_in_its_record_and_once_more_where_it_was_finished()
    {
        using var temporary = new TemporaryFolder();
        var watch = new StepWatch(_ => { });
        var arguments = TinyTask.Arguments(temporary.File("run")) with { MaxLength = 8 };
        var result = TinyTask.Run(arguments, progress: watch);
        var note = Assert.Single(result.Notes);
        Assert.Contains("texts are cut at 8 tokens", note, StringComparison.Ordinal);
        Assert.Equal([note], Assert.Single(watch.All, progress => progress.Notes.Count > 0).Notes);
        Assert.Equal(TrainingPhase.Tokenizing, watch.All.TakeWhile(progress => progress.Phase != TrainingPhase.Training).Last().Phase);
        Assert.Equal([note], watch.All.TakeWhile(progress => progress.Phase != TrainingPhase.Training).Last().Notes);
        Assert.Equal(note, RunSummary.Of(new RunFolder(temporary.File("run"))).Warnings[0]);
        Assert.Equal([note], TinyTask.Run(arguments).Notes);
    }

    private static EncodedPart Part(string name, int count, Func<int, bool> isCut, Func<int, bool>? isUnknown = null) => EncodedPart.Encode(
        new Dataset(name, [.. Enumerable.Range(0, count).Select(i => new Sample($"{name}-{i}", $"{i}", null, 0))], ["a", "b"], false),
        sample =>
        {
            var i = int.Parse(sample.Text, System.Globalization.CultureInfo.InvariantCulture);
            return new TokenizedText([1, 2], [0, 0], isCut(i)) { IsUnknown = isUnknown?.Invoke(i) == true };
        },
        TestContext.Current.CancellationToken);
}

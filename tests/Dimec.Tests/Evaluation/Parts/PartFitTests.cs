using Dimec.Evaluation.Parts;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.Parts;

/// <summary>What may be reported: the same model's exits, and none of the samples that choices were made on.</summary>
public class PartFitTests
{
    private static readonly RecordedExits s_chosenOn = Part("selection", 2, 2, ("a", 1), ("b", 2), ("c", 3));

    [Fact]
    public void A_part_of_other_samples_fits() => PartFit.Check(s_chosenOn, Part("dev", 2, 2, ("d", 1), ("e", 2)), routes: true);

    [Fact]
    public void Samples_of_the_same_name_are_others_where_their_logits_differ() =>
        PartFit.Check(s_chosenOn, Part("dev", 2, 2, ("a", 4), ("b", 5)), routes: true);

    [Fact]
    public void Shared_samples_are_refused()
    {
        var error = TextFiles.Error(() => PartFit.Check(s_chosenOn, Part("dev", 2, 2, ("d", 9), ("c", 3), ("a", 1)), routes: true));
        Assert.Equal("predictions/dev.jsonl", error.Where);
        Assert.Equal(
            "has 2 of its 3 samples from predictions/selection.jsonl as well, on which choices are made (the first is 'c')", error.Problem);
    }

    [Fact]
    public void Other_classes_and_embeddings_are_refused_together()
    {
        var errors = TextFiles.Errors(() => PartFit.Check(s_chosenOn, Part("dev", 3, 0, ("d", 1)), routes: true));
        Assert.Equal(
            [
                "has 3 classes where predictions/selection.jsonl has 2",
                "has no embeddings where predictions/selection.jsonl has embeddings of 2 numbers",
            ], errors.Select(error => error.Problem));
    }

    [Fact]
    public void Embeddings_count_only_where_a_policy_routes_by_them() =>
        PartFit.Check(s_chosenOn, Part("dev", 2, 0, ("d", 1)), routes: false);

    [Fact]
    public void Exit_0_is_in_both_parts_or_in_none()
    {
        var reported = Part("dev", 2, 2, ("d", 1));
        var error = TextFiles.Error(() => PartFit.Check(s_chosenOn, reported.WithExitZero([0, 1]), routes: true));
        Assert.Equal(
            ("predictions/selection.jsonl", "has no exit 0 where predictions/dev.jsonl has one"), (error.Where, error.Problem));
        PartFit.Check(s_chosenOn.WithExitZero([0, 1, 0, 1, 0, 1]), reported.WithExitZero([0, 1]), routes: true);
    }

    private static RecordedExits Part(string name, int classes, int embedding, params (string Guid, float Logit)[] samples)
    {
        var builder = new RecordedExitsBuilder(name, [2, 4], classes, embedding);
        foreach (var (guid, logit) in samples)
            builder.Add(guid, 0, [.. Enumerable.Repeat(logit, 2 * classes)], new float[embedding]);
        return builder.Build();
    }
}

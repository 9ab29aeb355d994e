using CsCheck;
using Dimec.Evaluation.Parts;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.Parts;

public class EnergyDistanceTestTests
{
    [Fact]
    public void Parts_of_one_source_are_told_apart_no_oftener_than_chance()
    {
        var values = Enumerable.Range(0, 60)
            .Select(i => EnergyDistanceTest.Measure(Part(2 * i, 0, 60), Part((2 * i) + 1, 0, 60), i).PValue)
            .ToArray();
        Assert.InRange(values.Count(value => value <= 0.1), 1, 15);
    }

    [Fact]
    public void A_shift_is_found_and_a_larger_one_is_further()
    {
        var (near, far) = (
            EnergyDistanceTest.Measure(Part(1, 0, 300), Part(2, 0.5f, 300), 0),
            EnergyDistanceTest.Measure(Part(1, 0, 300), Part(2, 3, 300), 0));
        Assert.Equal(0.001, near.PValue, 1e-12);
        Assert.True(far.Coefficient > near.Coefficient && far.Coefficient <= 1);
        Assert.Equal((300, 300), (far.First, far.Second));
    }

    [Fact]
    public void The_coefficient_is_the_definition_s()
    {
        var (first, second) = (Part(1, 0, 7), Part(2, 1, 5));
        double Mean(RecordedExits a, RecordedExits b) =>
            (from i in Enumerable.Range(0, a.Count) from j in Enumerable.Range(0, b.Count) select Distance(a, i, b, j)).Average();
        var across = 2 * Mean(first, second);
        Assert.Equal(
            (across - Mean(first, first) - Mean(second, second)) / across, EnergyDistanceTest.Measure(first, second, 0).Coefficient, 1e-5);
    }

    [Fact]
    public void Equal_samples_are_no_shift()
    {
        var part = RandomExits.Worked("dev", [.. Enumerable.Repeat((0, new[] { (true, 0.8), (true, 0.8), (true, 0.8) }), 20)]);
        var shift = EnergyDistanceTest.Measure(part, part, 0);
        Assert.Equal((0, 1), (shift.Coefficient, shift.PValue));
    }

    [Fact]
    public void A_part_that_is_unlike_the_selection_part_is_noted()
    {
        var selection = new SelectionPart(Part(1, 0, 200, "selection"));
        Assert.Null(Note(Part(2, 0, 200)));
        Assert.Matches(
            @"^The samples of dev are unlike those of selection \(energy distance 0\.\d{3}, p = 0\.001, told without labels\)",
            Note(Part(2, 0.5f, 200)));
        // What was recorded with another model cannot be compared.
        Assert.Null(Note(RandomExits.Gen("dev").Single()));

        string? Note(RecordedExits part) => PartNotes.OfShift(selection, part, EnergyDistanceTest.Find(selection, part));
    }

    private static double Distance(RecordedExits a, int i, RecordedExits b, int j) =>
        Math.Sqrt(a.Embedding(i).ToArray().Zip(b.Embedding(j).ToArray(), (x, y) => Math.Pow(x - y, 2)).Sum());

    private static RecordedExits Part(int seed, float shift, int count, string part = "dev")
    {
        var random = new Random(seed);
        var builder = new RecordedExitsBuilder(part, [1], 2, 3);
        for (var i = 0; i < count; i++)
            builder.Add($"{i}", 0, [0, 0], [random.NextSingle() + shift, random.NextSingle(), random.NextSingle()]);
        return builder.Build();
    }
}

using Dimec.Costs.Energy;

namespace Dimec.Tests.Costs.Energy;

public class EnergyProfileTests
{
    [Fact]
    public void What_is_left_out_is_as_by_default()
    {
        var read = Read("""{"format":1,"activeWatts":3,"radio":"hsdpa","tailSeconds":5}""");
        Assert.Equal((3, 0.1, 5000, 60), (read.ActiveWatts, read.WaitingWatts, read.Kilobits, read.SecondsBetween));
        Assert.Equal(("hsdpa", 0.804, 5), (read.Radio.Name, read.Radio.TailWatts, read.Radio.TailSeconds));
        Assert.Equal(new EnergyProfile(), Read("""{"format":1}"""));
    }

    [Theory]
    [InlineData("\"activeWatts\":-1", "activeWatts", "is negative (-1)")]
    [InlineData("\"activeWatts\":\"2\"", "activeWatts", "is \"2\"")]
    [InlineData("\"radio\":\"bluetooth\"", "radio", "'bluetooth' is not known")]
    [InlineData("\"watts\":1", "watts", "is not a key")]
    [InlineData("\"tailSeconds\":1e999", "tailSeconds", "is too large")]
    public void A_wrong_file_names_the_key(string wrong, string key, string problem)
    {
        var error = TextFiles.Error(() => Read($$"""{"format":1,{{wrong}}}"""));
        Assert.Equal($"e.json {key}", error.Where);
        Assert.Contains(problem, error.Problem);
    }

    private static EnergyProfile Read(string json) => EnergyProfile.Read(TextFiles.Stream(json), "e.json");
}

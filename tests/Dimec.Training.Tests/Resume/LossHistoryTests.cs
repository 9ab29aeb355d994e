using Dimec.Training.Resume;

namespace Dimec.Training.Tests.Resume;

public sealed class LossHistoryTests
{
    [Fact]
    public void ItReadsBackAsItWas()
    {
        var history = new LossHistory();
        for (var i = 0; i < 70; i++)
        {
            history.Add(1.0 / (i + 3));
            if (i == 40)
                history.EndEpoch();
        }

        var again = LossHistory.Parse(history.Serialize());
        Assert.Equal(history.Serialize(), again.Serialize());
        Assert.Equal(history.Latest, again.Latest);
        again.Add(0.5);
        history.Add(0.5);
        again.EndEpoch();
        history.EndEpoch();
        Assert.Equal(history.Epochs, again.Epochs);
    }

    [Theory]
    [InlineData(1.38, 2, false)]
    [InlineData(1.40, 2, true)]
    [InlineData(1.40, 15, false)]
    public void TwiceTheLossOfGuessingIsAnExplosion(double loss, int classes, bool exploded)
    {
        var history = new LossHistory();
        for (var i = 0; i < 24; i++)
            history.Add(100);
        Assert.False(history.HasExploded(classes));
        for (var i = 0; i < LossHistory.Window; i++)
            history.Add(loss);
        Assert.Equal(exploded, history.HasExploded(classes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1;2;3")]
    [InlineData("a;;1,2")]
    public void OtherTextsAreRefused(string text) => Assert.ThrowsAny<FormatException>(() => LossHistory.Parse(text));
}

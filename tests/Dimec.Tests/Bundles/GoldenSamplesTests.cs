using System.Text;
using Dimec.Bundles;

namespace Dimec.Tests.Bundles;

public class GoldenSamplesTests
{
    [Theory]
    [InlineData("""{"pair":null,"logits":{"2":[1,0]}}""", "golden.jsonl line 2 text: is missing")]
    [InlineData("""{"text":"a","logits":{"two":[1,0]}}""", "golden.jsonl line 2 logits.two: is no layer number")]
    [InlineData("""{"text":"a","logits":{"2":["x"]}}""", "golden.jsonl line 2 logits.2[0]: is \"x\"")]
    [InlineData("""{"text":"a","logits":{"2":[1,0]},"labels":[]}""", "golden.jsonl line 2 labels: is not a key that is known here")]
    [InlineData("""{"text":"a",""", "golden.jsonl line 2")]
    public void A_wrong_line_is_named(string line, string message)
    {
        using var stream = new MemoryStream(
            Encoding.UTF8.GetBytes($$$"""{"text":"good","pair":null,"logits":{"2":[1,0]}}{{{'\n'}}}{{{line}}}"""));
        var error = Assert.Throws<InputException>(() => GoldenSamples.Read(stream, "golden.jsonl"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        GoldenSample[] samples =
        [
            new("tab\tand \"quotes\"", "ein Päärchen", new Dictionary<int, float[]> { [10] = [0.1f, -3e-8f], [2] = [float.MaxValue, 0] }),
            new("", null, new Dictionary<int, float[]> { [2] = [1.17549435e-38f, 1] }),
        ];
        using var stream = new MemoryStream();
        GoldenSamples.Write(samples, stream);
        stream.Position = 0;
        Assert.Equivalent(samples, GoldenSamples.Read(stream, "golden.jsonl"), strict: true);
    }

    [Fact]
    public void A_logit_that_is_no_fp32_is_refused()
    {
        var error = TextFiles.Error(() => GoldenSamples.Read(TextFiles.Stream("{\"text\":\"a\",\"logits\":{\"2\":[1,1e39]}}"), "g.jsonl"));
        Assert.Equal(("g.jsonl line 1 logits.2", "has a number beyond the range of fp32"), (error.Where, error.Problem));
    }
}

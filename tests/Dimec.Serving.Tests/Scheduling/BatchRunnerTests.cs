using Dimec.Serving.Scheduling;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Scheduling;

/// <summary>Rows are rows, whoever sent them: run together or apart, each gets the logits of its own.</summary>
public class BatchRunnerTests
{
    [Fact]
    public void Rows_of_two_requests_run_together_get_what_they_get_apart()
    {
        var backend = new FakeBackend();
        var runner = new BatchRunner(backend, maxRows: 8, maxTokens: 64);
        TokenRow[] first = [Row(7, 8, 9), Row(5)];
        TokenRow[] second = [Row(1, 2), Row(3, 4, 5, 6)];
        float[] apart = [.. runner.Run(first), .. runner.Run(second)];
        Assert.Equal(2, backend.Runs);

        Assert.Equal(apart, runner.Run([.. first, .. second]));
        Assert.Equal(3, backend.Runs);
        Assert.Equal([0.24f, 3, 0.05f, 1, 0.03f, 2, 0.18f, 4], apart);
    }

    [Theory]
    [InlineData(2, 64, 3)]
    [InlineData(8, 2, 4)]
    [InlineData(8, 8, 2)]
    public void A_run_has_no_more_rows_and_tokens_than_it_may(int maxRows, int maxTokens, int runs)
    {
        var backend = new FakeBackend { MaxTokens = maxTokens };
        var logits = new BatchRunner(backend, maxRows, maxTokens).Run([Row(1, 2), Row(3), Row(4, 5), Row(6, 7), Row(8)]);
        Assert.Equal([0.03f, 2, 0.03f, 1, 0.09f, 2, 0.13f, 2, 0.08f, 1], logits);
        Assert.Equal(runs, backend.Runs);
    }

    private static TokenRow Row(params long[] ids) => new(ids, ids.Select(_ => 1L).ToArray(), new long[ids.Length]);
}

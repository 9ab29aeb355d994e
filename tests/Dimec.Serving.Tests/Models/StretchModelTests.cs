using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Models;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Statistics;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Models;

/// <summary>What a request brings is refused before a scheduler sees it: other callers' rows may run beside its own.</summary>
public class StretchModelTests
{
    [Theory]
    [InlineData(1000, 1, 0, "input_ids row 2, token 1: is 1000; send values from 0 to 999.")]
    [InlineData(5, 2, 0, "attention_mask row 2, token 1: is 2; send values from 0 to 1.")]
    [InlineData(5, 1, 2, "token_type_ids row 2, token 1: is 2; send values from 0 to 1.")]
    public async Task A_value_out_of_range_never_waits_and_is_named_by_the_requests_own_row(long id, long mask, long type, string sentence)
    {
        Tensor[] inputs =
        [
            Tensor.From<long>("input_ids", [3, 2], [5, 5, 5, 5, 5, id]),
            Tensor.From<long>("attention_mask", [3, 2], [1, 1, 1, 1, 1, mask]),
            Tensor.From<long>("token_type_ids", [3, 2], [0, 0, 0, 0, 0, type]),
        ];

        Assert.Equal(sentence, await RefusedAsync(inputs));
    }

    [Fact]
    public async Task A_row_without_a_token_never_waits() => Assert.Equal(
        "attention_mask row 1: has no real token; set at least one place to 1.",
        await RefusedAsync(
            Tensor.From<long>("input_ids", [2, 2], [5, 5, 5, 5]), Tensor.From<long>("attention_mask", [2, 2], [1, 0, 0, 0])));

    /// <summary>A run has fewer tokens than a request may have, which is cut into several.</summary>
    [Fact]
    public async Task A_request_may_have_more_tokens_than_a_run()
    {
        var backend = new FakeBackend { MaxTokens = 4 };
        using var scheduler = Scheduler(backend);
        var answer = await Model(backend, scheduler).AnswerAsync(
            Call(
                Tensor.From<long>("input_ids", [3, 2], [1, 2, 3, 4, 5, 6]),
                Tensor.From<long>("attention_mask", [3, 2], [1, 1, 1, 1, 1, 1])),
            TestContext.Current.CancellationToken);
        Assert.Equal([3, 2], Assert.Single(answer.Outputs).Shape);
        Assert.Equal(2, backend.Runs);
    }

    private static async Task<string> RefusedAsync(params Tensor[] inputs)
    {
        var backend = new FakeBackend();
        using var scheduler = Scheduler(backend);
        var exception = await Assert.ThrowsAsync<InputException>(
            () => Model(backend, scheduler).AnswerAsync(Call(inputs), TestContext.Current.CancellationToken));
        Assert.Equal(0, backend.Runs);
        return exception.Message;
    }

    private static ModelCall Call(params Tensor[] inputs)
    {
        var request = new InferRequest("dimec_edge", inputs);
        return new ModelCall(
            request, new Caller(), RequestDeadline.Of(request, TimeProvider.System), new RequestTiming(TimeProvider.System));
    }

    private static StretchModel Model(FakeBackend backend, BatchScheduler scheduler) => new(
        "dimec_edge", backend.Description.Stretches[0], backend, new RequestLimits(8),
        new WorkQueue(scheduler, new BackendRunner(backend), 4),
        recorder: null);

    private static BatchScheduler Scheduler(FakeBackend backend) => new(
        new SchedulerOptions(1, 4, new BatchLimits(8, backend.MaxTokens, 1 << 20)), TimeProvider.System);

    private sealed class BackendRunner(FakeBackend backend) : IRowsRunner
    {
        private readonly RowBatches _batches = new(backend.Description.Shape, 8, backend.MaxTokens, backend.Run);

        public StretchResult Run(LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden) => _batches.Run(layers, rows, hidden);

        public void Ran(LayerStretch layers, int rows, TimeSpan took)
        {
        }

        public void Hold()
        {
        }

        public void LetGo()
        {
        }
    }
}

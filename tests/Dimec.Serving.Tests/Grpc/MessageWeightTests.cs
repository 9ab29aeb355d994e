using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Grpc;
using Dimec.Serving.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.Serving.Tests.Grpc;

/// <summary>A message is weighed by what it becomes.</summary>
public class MessageWeightTests
{
    [Fact]
    public void Never_too_little_and_not_much_where_messages_are_as_clients_send_them()
    {
        var raw = GrpcTests.Typed();
        raw.RawInputContents.Add(ByteString.CopyFrom(new byte[1_000_000]));
        Assert.InRange(MessageWeight.Of(raw.ToByteArray()), 1_000_000, 1_010_000);

        var numbers = GrpcTests.Typed();
        numbers.Inputs[0].Contents.Int64Contents.AddRange(new long[100_000]);
        Assert.InRange(MessageWeight.Of(numbers.ToByteArray()), 800_000, 2_000_000);

        var parts = new ModelInferRequest();
        for (var i = 0; i < 10_000; i++)
            parts.Inputs.Add(new ModelInferRequest.Types.InferInputTensor());
        Assert.InRange(MessageWeight.Of(parts.ToByteArray()), 880_000, 5_000_000);
    }

    [Fact]
    public void Bytes_of_any_kind_are_weighed_without_an_error()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            Assert.True(MessageWeight.Of(bytes) >= 0);
        }
    }

    [Fact]
    public async Task A_message_that_would_become_more_than_the_tier_holds_is_refused_before_it_is_read()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (1_000_000, 8_000_000));
        var message = GrpcTests.Typed();
        for (var i = 0; i < 400_000; i++)
            message.Inputs.Add(new ModelInferRequest.Types.InferInputTensor());
        var refused = await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, message));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
    }
}

using Dimec.Costs;
using Dimec.Fuzzing.Made;
using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Dimec.Policies;
using Dimec.Policies.Resuming;
using Dimec.Fuzzing.Mutation;
using Google.Protobuf;

namespace Dimec.Fuzzing.Network;

/// <summary>What a client makes of where a walk came to: visits, logits and hidden states, the tensors themselves being sound.</summary>
internal sealed class CodecTarget : FuzzTarget
{
    private static readonly TierWork s_asked = new(1, 2, 3, WorkStart.Carried, 0);

    private readonly WalkBundle _bundle = new();
    private readonly WalkMessages _messages;

    private readonly WireMessage[] _valid =
    [
        .. new[] { DataType.Float32, DataType.Float16, DataType.Int8 }
            .Select(type => WireMessage.Parse(GrpcCodec.ToMessage(Answers.Walk(type)).ToByteArray(), ModelInferResponse.Descriptor)),
    ];

    public CodecTarget() => _messages = new WalkMessages(_bundle.Bundle);

    public override string Name => "walk-answer";

    public override string What => "visits and hidden states of a tier's answer";

    public override double Share => 2;

    public override byte[] Make(Random random)
    {
        var message = _valid[random.Next(_valid.Length)].Copy();
        // Numbers of visits beside those that are possible, in the raw contents of the first tensor.
        if (random.Next(2) == 0 && message.Fields.Where(field => field.Type == 2 && field.Inner is null
            && field.Bytes.Length == 64).FirstOrDefault() is { } visits)
        {
            visits.Bytes = [.. visits.Bytes];
            BitConverter.GetBytes(random.Next(-2, 7)).CopyTo(visits.Bytes, 4 * random.Next(16));
        }

        return WireMutator.Mutate(random, message, malformed: 0.05);
    }

    public override Verdict Run(byte[] input)
    {
        InferResponse response;
        try
        {
            response = GrpcCodec.ToResponse(ModelInferResponse.Parser.ParseFrom(input));
        }
        catch (InvalidProtocolBufferException)
        {
            return Verdict.Malformed;
        }
        catch (ProtocolException wrong)
        {
            Sentences.Check(wrong.Message);
            return Verdict.Refused;
        }

        var samples = new[] { Sample(4), Sample(5) };
        try
        {
            var answer = _messages.Answer(response, s_asked, samples);
            if (answer.Visits.Count != 2 || answer.Visits.Any(visits => visits.Length == 0 || visits.Any(visit =>
                visit.Logits.Length != 2)))
                throw new BrokenPromiseException("an answer that was taken lacks visits");
            foreach (var states in answer.Hidden)
                Encode(states);
            return Verdict.Accepted;
        }
        catch (ProtocolException wrong)
        {
            Sentences.Check(wrong.Message);
            return Verdict.Refused;
        }
    }

    /// <summary>What came as states can be sent on as such in any numbers.</summary>
    private static void Encode(HiddenState? states)
    {
        if (states is null)
            return;
        foreach (var format in Enum.GetValues<HiddenStateFormat>())
        {
            var tensors = HiddenStateCodec.Encode(states.Values.Span, 1, states.Values.Length / Requests.Hidden, format);
            HiddenStateCodec.Decode(tensors[0], tensors.Count > 1 ? tensors[1] : null, Requests.Hidden);
        }
    }

    protected override void Close() => _bundle.Dispose();

    private static SampleProgress Sample(int tokens) => new(
        "", new TierRow(new long[tokens]), [], [new Visit(new TierWork(0, 0, 2, WorkStart.Here, 0), new float[] { 0, 1 })]);
}

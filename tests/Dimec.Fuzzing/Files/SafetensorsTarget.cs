using System.Text;
using Dimec.Checkpoints.Safetensors;
using Dimec.Fuzzing.Mutation;
using Dimec.Predictions;
using Dimec.Runs.Parts;

namespace Dimec.Fuzzing.Files;

/// <summary>Files of safetensors, all their tensors, and a run's embeddings.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private readonly OneFile _file = new();
    private readonly SafetensorsMutator _several;
    private readonly SafetensorsMutator _embeddings;
    private readonly string _guids;

    public SafetensorsTarget()
    {
        const string Header =
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]},"c":{"dtype":"BF16","shape":[2,1],"data_offsets":[12,16]},"d":{"dtype":"I64","shape":[],"data_offsets":[16,24]}}""";
        _several = new SafetensorsMutator(
            [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(Header)), .. Encoding.UTF8.GetBytes(Header), .. new byte[24]]);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream, [new SafetensorsTensor("embeddings", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 })],
            new Dictionary<string, string> { ["embedding"] = "layer-norm" });
        _embeddings = new SafetensorsMutator(stream.ToArray());
        _guids = _file.With("a\nb\n"u8.ToArray(), "train.guids");
    }

    public override string Name => "safetensors";

    public override string What => "safetensors, and a run's embeddings";

    public override byte[] Make(Random random) => random.Next(2) == 0 ? _several.Mutate(random) : _embeddings.Mutate(random);

    public override Verdict Run(byte[] input)
    {
        var path = _file.With(input, "train.safetensors");
        try
        {
            using var file = SafetensorsFile.Open(path);
            foreach (var entry in file.Entries.Values)
                Read(file, entry);
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            return SafetensorsMutator.IsWellFormed(input) ? Verdict.Refused : Verdict.Malformed;
        }

        try
        {
            EmbeddingsFile.Read(path, _guids, input.Length % 2 == 0 ? null : EmbeddingKind.Sum);
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
        }

        return Verdict.Accepted;
    }

    protected override void Close() => _file.Dispose();

    private static void Read(SafetensorsFile file, SafetensorsEntry entry)
    {
        try
        {
            var read = entry.Type == "I64" ? file.ReadIntegers(entry.Name).Length : file.Read(entry.Name).Values.Length;
            file.ReadInto(entry.Name, new float[read % 5 == 0 ? read + 1 : read]);
            if (read != entry.Shape.Aggregate(1L, (product, size) => product * size))
                throw new BrokenPromiseException($"{entry.Name} has {read} values");
        }
        catch (InputException wrong)
        {
            // Of a type that is none of weights'.
            Sentences.Check(wrong);
        }
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Training.Resume;

/// <summary>One saved state: a safetensors file whose metadata hold the step, the losses and a hash over everything.</summary>
internal static class ResumeFile
{
    private const string StepKey = "step";
    private const string LossesKey = "losses";
    private const string HashKey = "sha256";
    private const string Fix = "delete it";

    public static void Write(Stream stream, TrainingState state, IReadOnlyDictionary<string, Memory<float>> buffers)
    {
        var metadata = new Dictionary<string, string>
        {
            [StepKey] = state.Step.ToString(CultureInfo.InvariantCulture),
            [LossesKey] = state.Losses.Serialize(),
        };
        metadata[HashKey] = Hash(metadata, buffers);
        SafetensorsWriter.Write(
            stream, [.. buffers.Select(buffer => new SafetensorsTensor(buffer.Key, [buffer.Value.Length], buffer.Value))], metadata);
    }

    /// <exception cref="InputException">The file is damaged or belongs to something else.</exception>
    public static TrainingState Read(string path, IReadOnlyDictionary<string, Memory<float>> buffers)
    {
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, buffer) in buffers)
            file.ReadInto(name, buffer.Span);
        if (!file.Metadata.TryGetValue(HashKey, out var hash) || hash != Hash(file.Metadata, buffers))
            throw new InputException(path, "is damaged: its content does not match its hash", Fix);
        return new TrainingState(
            int.Parse(file.Metadata[StepKey], CultureInfo.InvariantCulture), LossHistory.Parse(file.Metadata[LossesKey]));
    }

    private static string Hash(IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, Memory<float>> buffers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in (ReadOnlySpan<string>)[StepKey, LossesKey])
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{key}={metadata.GetValueOrDefault(key)}\n"));
        foreach (var (name, buffer) in buffers)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(buffer.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

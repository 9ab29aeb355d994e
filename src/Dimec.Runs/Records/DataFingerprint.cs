using System.Globalization;
using System.Security.Cryptography;
using Dimec.Text;

namespace Dimec.Runs.Records;

/// <summary>SHA-256 over a part's samples in their order: guid, texts and label.</summary>
internal static class DataFingerprint
{
    public static string Of(Dataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var sample in dataset.Samples)
        {
            foreach (var text in (ReadOnlySpan<string?>)
            [
                sample.Guid, sample.Text, sample.Pair, sample.Label.ToString(CultureInfo.InvariantCulture),
            ])
            {
                // Lengths, so that no two different samples read the same.
                var bytes = System.Text.Encoding.UTF8.GetBytes(text ?? "");
                hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

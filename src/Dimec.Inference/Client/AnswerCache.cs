using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Dimec.Inference.Client;

/// <summary>
/// Answers by a hash of the bundle and the text, so many of them: when there is no room, those that were not asked for longest make some.
/// Any number of threads may use it.
/// </summary>
internal sealed class AnswerCache : IDisposable
{
    private readonly byte[] _bundle;
    private readonly MemoryCache _answers;

    private AnswerCache(string bundle, int size)
    {
        _bundle = Encoding.UTF8.GetBytes(bundle);
        // At least one makes room when there is none, also of few.
        _answers = new MemoryCache(new MemoryCacheOptions
        {
            SizeLimit = size,
            CompactionPercentage = Math.Max(0.05, Math.Min(1, (1 + 1e-6) / size)),
        });
    }

    /// <summary>A bundle's cache; null where nothing is to be kept.</summary>
    public static AnswerCache? Of(Bundle bundle, DimecClientOptions options) =>
        options.CacheSize == 0 ? null : new AnswerCache(bundle.Hash, options.CacheSize);

    /// <summary>The answer that a text was given before; null: none is kept.</summary>
    public Classification? Find(TextInput input) =>
        !input.IsLocalOnly && _answers.TryGetValue(KeyOf(input), out Classification? answer)
            ? answer! with { Cost = 0, Cached = true, Logits = [.. answer.Logits] }
            : null;

    /// <summary>Keeps an answer, unless it is another one than the plan's or the text is to leave no trace.</summary>
    public void Keep(TextInput input, Classification answer)
    {
        if (input.IsLocalOnly || answer.Fallback)
            return;
        _answers.Set(KeyOf(input), answer with { Logits = [.. answer.Logits] }, new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _answers.Dispose();

    private Key KeyOf(TextInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_bundle);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string?>)[input.Text, input.Pair, input.Tier])
        {
            // With its length before it, so that what ends one part does not begin the next.
            BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
        }

        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return new Key(
            BinaryPrimitives.ReadUInt128LittleEndian(bytes),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[(SHA256.HashSizeInBytes / 2)..]));
    }

    /// <summary>A SHA-256.</summary>
    private readonly record struct Key(UInt128 Low, UInt128 High);
}

using System.Buffers;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Cartography;

/// <summary>
/// Writes one epoch of training dynamics in the interchange format, a line a sample.
/// Numbers are the shortest that read back as the same fp32.
/// </summary>
public sealed class DynamicsWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly JsonEncodedText _logitsKey;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json;

    /// <summary>Starts an epoch.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public DynamicsWriter(Stream stream, int epoch)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        _stream = stream;
        _logitsKey = JsonEncodedText.Encode($"logits_epoch_{epoch}");
        _json = new Utf8JsonWriter(_buffer);
    }

    /// <summary>Writes a sample's row.</summary>
    /// <param name="guid">The sample's name.</param>
    /// <param name="logits">One finite logit a class.</param>
    /// <param name="gold">The true class, from 0.</param>
    /// <exception cref="ArgumentException">A logit is not finite: JSON has no such number, and no map can be made of it.</exception>
    public void Write(SampleGuid guid, ReadOnlySpan<float> logits, int gold)
    {
        _json.WriteStartObject();
        _json.WriteGuid(guid);
        _json.WriteStartArray(_logitsKey);
        foreach (var logit in logits)
            _json.WriteNumberValue(logit);
        _json.WriteEndArray();
        _json.WriteNumber("gold", gold);
        _json.WriteEndObject();
        _json.EndLine(_buffer, _stream);
    }

    /// <summary>Frees the writer; every row is already in the stream.</summary>
    public void Dispose() => _json.Dispose();
}

using System.Text;
using Dimec.Predictions;

namespace Dimec.Cartography;

/// <summary>One line of dynamics as it is read: buffers that are filled anew a line, so that a file costs no memory a row.</summary>
internal sealed class DynamicsRow
{
    private byte[] _guid = new byte[64];
    private int _guidLength;

    /// <summary>The guid's bytes in UTF-8, unescaped.</summary>
    public ReadOnlySpan<byte> GuidBytes => _guid.AsSpan(0, _guidLength);

    public bool GuidIsNumber { get; private set; }

    public bool HasGuid { get; private set; }

    public int? Gold { get; set; }

    public bool HasLogits { get; set; }

    /// <summary>The logits as parsed: the reference chooses its prediction in double and takes the softmax in fp32.</summary>
    public List<double> Logits { get; } = [];

    public SampleGuid Guid => new(Encoding.UTF8.GetString(GuidBytes), GuidIsNumber);

    public void Clear()
    {
        (HasGuid, Gold, HasLogits) = (false, null, false);
        Logits.Clear();
    }

    /// <summary>Room for a guid of at most so many bytes; <see cref="SetGuid"/> says how many it took.</summary>
    public Span<byte> GuidBuffer(int length)
    {
        if (_guid.Length < length)
            _guid = new byte[length * 2];
        return _guid;
    }

    public void SetGuid(int length, bool isNumber) => (_guidLength, GuidIsNumber, HasGuid) = (length, isNumber, true);

    /// <summary>The sample's outcome in this epoch.</summary>
    /// <param name="probabilities">Receives the softmax, one number a class.</param>
    /// <returns>True where the true class has the largest logit (the first of equals).</returns>
    public bool Outcome(Span<float> probabilities)
    {
        Span<float> logits = Logits.Count <= 64 ? stackalloc float[Logits.Count] : new float[Logits.Count];
        var best = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = (float)Logits[i];
            if (Logits[i] > Logits[best])
                best = i;
        }

        Softmax.Probabilities(logits, probabilities);
        return best == Gold;
    }
}

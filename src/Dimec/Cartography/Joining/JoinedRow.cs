using System.Runtime.InteropServices;
using System.Text;

namespace Dimec.Cartography;

/// <summary>The fixed part of a finished sample in a scratch stream; the guid's bytes follow it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct JoinedRow(
    int Index, int Gold, int Preferred, double PreferredProbability, double Confidence, double Variability, int Correctness,
    int Forgetfulness, int GuidLength, bool GuidIsNumber)
{
    public static JoinedRow Of(SampleDynamics sample, int guidLength) => new(
        sample.Metrics.Index, sample.Gold, sample.Preferred, sample.PreferredProbability, sample.Metrics.Confidence,
        sample.Metrics.Variability, sample.Metrics.Correctness, sample.Metrics.Forgetfulness, guidLength, sample.Metrics.Guid.IsNumber);

    public SampleDynamics Sample(ReadOnlySpan<byte> guid) => new(
        new SampleMetrics(
            new SampleGuid(Encoding.UTF8.GetString(guid), GuidIsNumber), Index, Confidence * (1 - Confidence), Confidence, Variability,
            Correctness, Forgetfulness),
        Gold, Preferred, PreferredProbability);
}

using System.Runtime.Intrinsics.X86;

namespace Dimec.Training.Native;

/// <summary>What the processor can do, as its CPUID instruction says.</summary>
internal static class Processor
{
    private const int Features = 7;

    /// <summary>
    /// Whether it multiplies bfloat16 in one instruction: AVX512_BF16 or AMX_BF16. Without, bfloat16 is emulated and slower than fp32.
    /// </summary>
    public static bool HasBf16 { get; } = Avx512F.IsSupported && Reports(X86Base.CpuId);

    /// <summary>Reads the two flags.</summary>
    /// <param name="cpuId">Gives EAX, EBX, ECX and EDX of a leaf and subleaf.</param>
    public static bool Reports(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        var (subleaves, _, _, flags) = cpuId(Features, 0);
        var amx = (flags & (1 << 22)) != 0;
        return amx || (subleaves >= 1 && (cpuId(Features, 1).Eax & (1 << 5)) != 0);
    }
}

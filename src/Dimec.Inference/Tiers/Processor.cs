using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Dimec.Predictions;

namespace Dimec.Inference;

/// <summary>The processor that this program runs on, by how it adds products of 8-bit numbers.</summary>
public static class Processor
{
    /// <summary>What it is.</summary>
    public static ProcessorKind Kind { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => HasVnni() ? ProcessorKind.X64Vnni : ProcessorKind.X64,
        Architecture.Arm64 => ProcessorKind.Arm64,
        _ => ProcessorKind.Other,
    };

    /// <summary>
    /// AVX512_VNNI is bit 11 of ECX of leaf 7, AVX-VNNI bit 4 of EAX of its subleaf 1 (Intel's manual, volume 2A, CPUID); each is of use
    /// where the system keeps the registers, which .NET knows.
    /// </summary>
    private static bool HasVnni()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
            return false;
        return (Avx512F.IsSupported && (X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0)
            || (Avx2.IsSupported && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0);
    }
}

using System.Runtime.InteropServices;

namespace Dimec.Cartography;

/// <summary>The fixed part of a row in a scratch stream; the guid's bytes and the probabilities, one fp32 a class, follow it.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Index">The row in its epoch, from 0, counted from where the lock-step ended.</param>
/// <param name="Line">The line in the epoch's file.</param>
/// <param name="Gold">The true class.</param>
/// <param name="GuidLength">The guid's bytes.</param>
/// <param name="GuidIsNumber">Whether the guid is a number.</param>
/// <param name="Correct">Whether the true class had the largest logit.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct SpilledRow(int Epoch, int Index, int Line, int Gold, int GuidLength, bool GuidIsNumber, bool Correct);

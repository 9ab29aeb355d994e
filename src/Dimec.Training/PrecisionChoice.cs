using System.Globalization;

namespace Dimec.Training;

/// <summary>What <see cref="Precision.Auto"/> came to. <see cref="Trainer.ChoosePrecision"/> makes it.</summary>
public sealed record PrecisionChoice
{
    /// <summary>
    /// How many times as fast as fp32 bf16 has to be: less is not worth its rounding, nor beyond what a measurement of a second can tell.
    /// </summary>
    public const double LeastSpeed = 1.1;

    internal PrecisionChoice(Precision taken, double? bf16Speed, bool isKept) => (Taken, Bf16Speed, IsKept) = (taken, bf16Speed, isKept);

    /// <summary><see cref="Precision.Fp32"/> or <see cref="Precision.Bf16"/>.</summary>
    public Precision Taken { get; }

    /// <summary>
    /// How many times as fast as fp32 bf16 was, rounded to hundredths; null where it was not measured:
    /// the processor has none, or the run was begun with a precision that was named.
    /// </summary>
    public double? Bf16Speed { get; }

    /// <summary>Whether nothing was measured now, since the run had been begun.</summary>
    public bool IsKept { get; }

    /// <summary>What was measured and what was taken, in a sentence.</summary>
    public string Sentence => (IsKept, Bf16Speed, Taken) switch
    {
        (true, _, _) => $"{TrainingOptionNames.Precision} auto: what was begun in {ChoiceNames.Of(Taken)} goes on in it.",
        (_, null, _) => $"{TrainingOptionNames.Precision} auto: this processor has neither AVX512_BF16 nor AMX_BF16; taking fp32.",
        (_, { } speed, Precision.Bf16) => string.Create(
            CultureInfo.InvariantCulture,
            $"{TrainingOptionNames.Precision} auto: bf16 is {speed:0.00} × as fast as fp32 here; taking bf16."),
        (_, { } speed, _) => string.Create(
            CultureInfo.InvariantCulture,
            $"{TrainingOptionNames.Precision} auto: bf16 is {speed:0.00} × as fast as fp32 here, "
            + $"where {LeastSpeed:0.00} × is asked for; taking fp32."),
    };

    /// <summary>The choice on a processor.</summary>
    /// <param name="hasBf16">Whether it multiplies bf16.</param>
    /// <param name="measure">How many times as fast as fp32 bf16 is; asked only where it may be taken.</param>
    internal static PrecisionChoice Of(bool hasBf16, Func<double> measure)
    {
        if (!hasBf16)
            return new PrecisionChoice(Precision.Fp32, bf16Speed: null, isKept: false);
        // What is recorded and said is what decides.
        var speed = Math.Round(measure(), 2);
        return new PrecisionChoice(speed >= LeastSpeed ? Precision.Bf16 : Precision.Fp32, speed, isKept: false);
    }
}

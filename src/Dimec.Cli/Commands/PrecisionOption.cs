using System.CommandLine;
using System.Globalization;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary><c>--precision</c>, as every command that trains has it.</summary>
internal static class PrecisionOption
{
    /// <summary>Creates the option; <see cref="ChoiceOption.Value"/> reads it.</summary>
    /// <param name="byDefault">What the command does where the call names nothing.</param>
    public static Option<string?> Create(Precision byDefault) => ChoiceOption.Create(
        "--precision",
        "In what the encoder's matrices are multiplied in training, bf16 only on a processor "
        + "with AVX512_BF16 or AMX_BF16, auto bf16 where a second of measuring finds it at least "
        + string.Create(
            CultureInfo.InvariantCulture, $"{PrecisionChoice.LeastSpeed} × as fast as fp32; weights and evaluation are fp32 always"),
        byDefault);
}

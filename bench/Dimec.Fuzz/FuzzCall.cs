using System.Globalization;

namespace Dimec.Fuzz;

/// <summary>What a call asks for.</summary>
/// <param name="Targets">The targets; empty: all.</param>
/// <param name="Inputs">How many inputs, over all of them.</param>
/// <param name="Seed">With an input's number it gives the input.</param>
/// <param name="First">The number of each target's first input.</param>
/// <param name="Out">The folder of the inputs that failed.</param>
/// <param name="File">An input to read again; null: none.</param>
internal sealed record FuzzCall(IReadOnlySet<string> Targets, long Inputs, int Seed, long First, string Out, string? File)
{
    public const string Usage =
        "Dimec.Fuzz all|TARGET… [--inputs N] [--seed N] [--first N] [--out FOLDER], or Dimec.Fuzz replay FILE";

    /// <summary>The call; null: it is none.</summary>
    public static FuzzCall? Parse(string[] args)
    {
        if (args is ["replay", var file])
            return new FuzzCall(new HashSet<string>(), 0, 0, 0, "", file);
        var targets = new HashSet<string>();
        var call = new FuzzCall(targets, 100_000, 1, 0, "fuzz-failures", null);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (args[i] != "all")
                    targets.Add(args[i]);
                continue;
            }

            if (i + 1 == args.Length)
                return null;
            var value = args[i + 1];
            if (args[i] == "--out")
                call = call with { Out = value };
            else if (!long.TryParse(value, CultureInfo.InvariantCulture, out var number))
                return null;
            else if (args[i] == "--inputs")
                call = call with { Inputs = number };
            else if (args[i] == "--seed")
                call = call with { Seed = (int)number };
            else if (args[i] == "--first")
                call = call with { First = number };
            else
                return null;
            i++;
        }

        return args.Length == 0 ? null : call;
    }
}

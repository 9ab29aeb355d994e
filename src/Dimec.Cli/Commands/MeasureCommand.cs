using System.CommandLine;
using System.Globalization;
using Dimec.Cli.Classify;
using Dimec.Cli.Output;
using Dimec.Cli.Progress;
using Dimec.CommandLine.Serve;
using Dimec.Costs;
using Dimec.Costs.Energy;
using Dimec.Costs.Measured;
using Dimec.Costs.Prices;
using Dimec.Files;
using Dimec.Inference;
using Dimec.Inference.Measuring;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec measure</c>: what the tiers take that are to run a bundle, as a cost file in one unit.</summary>
internal sealed class MeasureCommand(CommandContext context) : ICliCommand
{
    private const int MostBatch = 4096;

    private readonly Argument<string?> _bundle = new("BUNDLE")
    {
        Description = "The folder that 'dimec export' wrote; not needed with --from.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = new("--out") { Description = "The cost file to write, which plan, evaluate and report take." };
    private readonly Option<string?> _measured = new("--measured")
    {
        Description = "Where the measurement itself goes: milliseconds and bytes by tier, exit, length and batch "
            + "(default: beside the cost file, as NAME.measured.json).",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "An earlier measurement, to be converted and not made again.",
    };

    private readonly Option<string?> _check = new("--check")
    {
        Description = "An earlier measurement, to be held against what the samples here really take; nothing is written.",
    };

    private readonly Option<string?> _unit = ChoiceOption.Create<CostUnit>("--unit", "What the cost file counts");
    private readonly Option<string?> _prices = new("--prices") { Description = "The price file, for --unit money." };
    private readonly Option<string?> _energy = new("--energy")
    {
        Description = "What is assumed of the mobile's energy, for --unit mj (default: 2 W, and Wi-Fi with its tail).",
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "Texts as they will come, one a line, whose lengths count (default: the bundle's golden samples); for pairs the "
            + "second text follows a tab.",
    };

    private readonly Option<string?> _lengths = new("--lengths")
    {
        Description = "Lengths in tokens, each with the same share, e.g. 16,32,64 (default: those of the texts).",
    };

    private readonly Option<string?> _rows = new("--rows")
    {
        Description = "Batch sizes to measure, 1 always among them (default: 1,4,16).",
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "How many samples travel and run together: the costs are those of one of them.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "For how long is measured; all of it is measured six times at least.",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the cost file, or the check, as JSON." };
    private readonly TierUrls _tiers = new(several: false);
    private readonly SecurityOptions _security = new();

    public Command Build()
    {
        var command = new Command(
            "measure",
            "Measures the tiers that will run a bundle, this machine being the mobile, and writes what a sample costs. "
            + ServeCommand.Telemetry)
        {
            _bundle, _out, _measured, _from, _check, _unit, _prices, _energy, _file, _lengths, _rows, _batch, _seconds, _json,
        };
        _tiers.AddTo(command);
        _security.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), CancellationToken.None));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        CheckCall(parsed, errors);
        var unit = ChoiceOption.Value(parsed, _unit, CostUnit.Ms, errors);
        var prices = Prices(parsed, unit, errors);
        var energy = Energy(parsed, unit, errors);
        var batch = parsed.GetValue(_batch);
        if (batch is < 1 or > MostBatch)
            errors.Add(_batch.Name, $"is {batch}", $"give 1 to {MostBatch}");
        var lengths = Numbers(parsed, _lengths, errors);
        if (parsed.GetValue(_check) is { } check)
            return await CheckAsync(parsed, check, batch, errors, stop);
        if (parsed.GetValue(_out) is null)
            errors.Add(_out.Name, "is missing", "name the cost file to write");
        var (file, measurement) = parsed.GetValue(_from) is { } from
            ? (from, Read(from, errors))
            : await MeasureAsync(parsed, lengths, errors, stop);
        errors.ThrowIfAny();
        var load = new MeasuredLoad(
            lengths is [] ? measurement!.Buckets : MeasuredLoad.OfLengths(lengths).Buckets, batch);
        var conversion = new CostConversion(measurement!, FileHash.Of(file), load);
        Write(parsed, measurement!, unit switch
        {
            CostUnit.Ms => conversion.Milliseconds(),
            CostUnit.Bytes => conversion.Bytes(),
            CostUnit.Mj => conversion.Millijoules(energy),
            _ => conversion.Money(prices!, parsed.GetValue(_prices)!),
        }, file);
        return ExitCodes.Done;
    }

    /// <summary>What cannot be asked for together.</summary>
    private void CheckCall(ParseResult parsed, InputErrors errors)
    {
        var (from, check) = (parsed.GetValue(_from), parsed.GetValue(_check));
        if (from is not null && check is not null)
            errors.Add($"{_from.Name} {from}", $"is given beside {_check.Name}", "give the one or the other");
        if (from is null && parsed.GetValue(_bundle) is null)
            errors.Add(_bundle.Name, "is missing", $"give the bundle to measure, or {_from.Name} an earlier measurement");
        if (from is not null && parsed.GetValue(_bundle) is { } bundle)
            errors.Add($"{_from.Name} {from}", $"is given beside a bundle ({bundle})", "measure the bundle, or convert what was measured");
    }

    private PriceList? Prices(ParseResult parsed, CostUnit unit, InputErrors errors)
    {
        if (parsed.GetValue(_prices) is not { } file)
        {
            if (unit == CostUnit.Money)
                errors.Add(_prices.Name, $"is missing, and {_unit.Name} money needs it", "give a price file");
            return null;
        }

        if (unit != CostUnit.Money)
            errors.Add($"{_prices.Name} {file}", $"is given where the unit is {ChoiceNames.Of(unit)}", $"give {_unit.Name} money as well");
        return errors.Try(() => Read(file, PriceList.Read));
    }

    private EnergyProfile Energy(ParseResult parsed, CostUnit unit, InputErrors errors)
    {
        if (parsed.GetValue(_energy) is not { } file)
            return new EnergyProfile();
        if (unit != CostUnit.Mj)
            errors.Add($"{_energy.Name} {file}", $"is given where the unit is {ChoiceNames.Of(unit)}", $"give {_unit.Name} mj as well");
        return errors.Try(() => Read(file, EnergyProfile.Read)) ?? new EnergyProfile();
    }

    private static Measurement? Read(string file, InputErrors errors) => errors.Try(() => Read(file, Measurement.Read));

    private static T Read<T>(string file, Func<Stream, string, T> read)
    {
        using var stream = InputFile.OpenRead(file);
        return read(stream, file);
    }

    private static int[] Numbers(ParseResult parsed, Option<string?> option, InputErrors errors)
    {
        if (parsed.GetValue(option) is not { } text)
            return [];
        var numbers = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                numbers.Add(number);
            else
                errors.Add($"{option.Name} {text}", $"has '{part}', which is no number from 1 on", "write numbers, commas between");
        }

        return [.. numbers];
    }

    private async Task<(string File, Measurement? Measurement)> MeasureAsync(
        ParseResult parsed, int[] lengths, InputErrors errors, CancellationToken stop)
    {
        var rows = Numbers(parsed, _rows, errors);
        var urls = _tiers.Of(parsed, errors).ToDictionary();
        var bundle = parsed.GetValue(_bundle) is { } folder ? errors.Try(() => Bundle.OpenLocal(folder)) : null;
        var options = new MeasureOptions
        {
            Lengths = lengths,
            Budget = Seconds(parsed, errors),
            Security = _security.Of(parsed),
        };
        if (rows.Length > 0)
            options = options with { Rows = rows };
        if (bundle is not null)
        {
            options = options with { Texts = Texts(parsed, bundle, errors) };
            BundleMeasurer.Check(bundle, urls, options, errors);
        }

        errors.ThrowIfAny();
        var progress = new ProgressLine(context.Console.Error, context.Time);
        var measurement = await BundleMeasurer.MeasureAsync(
            bundle!, urls, options, context.Time, EnergyMeters.Find(),
            done => progress.Report($"measured {done} times", isLast: false), stop);
        var file = parsed.GetValue(_measured) ?? Path.ChangeExtension(parsed.GetValue(_out)!, ".measured.json");
        AtomicFile.Write(file, measurement.Write);
        return (file, measurement);
    }

    private TimeSpan Seconds(ParseResult parsed, InputErrors errors)
    {
        var seconds = parsed.GetValue(_seconds);
        if (seconds is >= 1 and <= 3600)
            return TimeSpan.FromSeconds(seconds);
        errors.Add(_seconds.Name, string.Create(CultureInfo.InvariantCulture, $"is {seconds}"), "give 1 to 3600 seconds");
        return TimeSpan.FromSeconds(1);
    }

    private TextInput[] Texts(ParseResult parsed, Bundle bundle, InputErrors errors)
    {
        if (parsed.GetValue(_file) is not { } file)
            return [];
        var pair = bundle.Manifest.HasPair;
        var lines = errors.Try(() => TextLines.Of([], isLiteral: false, file, context.Console.In).Checked(pair));
        if (lines is null)
            return [];
        TextInput[] texts = [.. lines.Rows(pair).SelectMany(rows => rows).Select(row => row.Input).OfType<TextInput>()];
        if (texts.Length == 0)
            errors.Add(file, "holds no text to measure with", "give a text a line, or leave the file out for the bundle's golden samples");
        return texts;
    }

    private async Task<int> CheckAsync(ParseResult parsed, string check, int batch, InputErrors errors, CancellationToken stop)
    {
        var measurement = Read(check, errors);
        var urls = _tiers.Of(parsed, errors).ToDictionary();
        var bundle = parsed.GetValue(_bundle) is { } folder ? errors.Try(() => Bundle.Open(folder)) : null;
        var texts = bundle is null ? [] : Texts(parsed, bundle, errors);
        errors.ThrowIfAny();
        if (texts is [])
            texts = [.. bundle!.ReadGolden().Select(golden => new TextInput(golden.Text, golden.Pair))];
        var found = await MeasurementCheck.RunAsync(measurement!, bundle!, urls, texts, batch, context.Time, _security.Of(parsed), stop);
        if (parsed.GetValue(_json))
            context.Console.WriteJson(JsonLine.Of(found));
        else
            MeasuredTable.Write(context.Console, found);
        return ExitCodes.Done;
    }

    private void Write(ParseResult parsed, Measurement measurement, CostStructure costs, string file)
    {
        var output = parsed.GetValue(_out)!;
        AtomicFile.Write(output, costs.Write);
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(File.ReadAllText(output));
            return;
        }

        MeasuredTable.Write(context.Console, measurement);
        MeasuredTable.Write(context.Console, costs);
        context.Console.WriteLine($"The costs are in {output}, what was measured in {file}.");
    }
}

using System.CommandLine;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary>The options that say which data is read and how it is split; every command that reads data has the same ones.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data;
    private readonly Option<string?> _text = new("--text-column")
    {
        Description = "The column of the text (default: text; a number from 0 with --no-header).",
    };

    private readonly Option<string?> _pair = new("--pair-column") { Description = "The column of the second text (default: none)." };
    private readonly Option<string?> _label = new("--label-column")
    {
        Description = "The column of the label (default: label; a number from 0 with --no-header).",
    };

    private readonly Option<string?> _drop = new("--drop-label")
    {
        Description = "Leave out the rows that have this label, e.g. -1 where it marks rows without a label (\"\": empty or null).",
    };

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The file's first line is a row; columns are numbers from 0.",
    };

    private readonly Option<string?> _dev = new("--dev")
    {
        Description = "The file of the part that is reported (default: GLUE's own; otherwise a share of train is split off).",
    };

    private readonly Option<string?> _selection = new("--selection")
    {
        Description = "The file of the part that choices are made on (default: a share of train is split off).",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "The file of the part that is kept for promises (default: a share of train is split off).",
    };

    private readonly Option<double?> _devFraction = new("--dev-fraction")
    {
        Description = "The share of train that becomes dev where dev has no file, over 0 and under 1 (default: 0.1).",
    };

    private readonly Option<double?> _selectionFraction = new("--selection-fraction")
    {
        Description = "The share of train that becomes selection where it has no file, over 0 and under 1 (default: 0.1).",
    };

    private readonly Option<double?> _calibrationFraction = new("--calibration-fraction")
    {
        Description = "The share of train that becomes calibration where it has no file, over 0 and under 1 (default: 0.1).",
    };

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "At most this many training samples, a stratified sample; at least 2, and one a label.",
    };

    private readonly Option<int?> _heldOutLimit = new("--held-out-limit")
    {
        Description = "At most this many samples in each part that is split off, at least 1.",
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Seeds the split and the training (default: 0)." };

    /// <summary>Creates the options.</summary>
    /// <param name="required">Whether the command cannot do without <c>--data</c>.</param>
    public DataOptions(bool required) => _data = new Option<string?>("--data")
    {
        Description = "sst2:DIR (or cola, mrpc, rte, qnli, qqp, mnli: GLUE's own files), sdk-docs, or a .tsv or .jsonl file.",
        Required = required,
    };

    private Option[] Options =>
    [
        _data, _text, _pair, _label, _drop, _noHeader, _dev, _selection, _calibration, _devFraction, _selectionFraction,
        _calibrationFraction, _limit, _heldOutLimit, _seed,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in Options)
            command.Add(option);
    }

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>Adds the options that were given to a run's notes, so that a later command can read the same data again.</summary>
    public IReadOnlyDictionary<string, string> Describe(ParseResult parsed, IReadOnlyDictionary<string, string> notes)
    {
        var described = new Dictionary<string, string>(notes);
        foreach (var option in Options)
        {
            if (IsGiven(parsed, option))
            {
                described[option.Name] = string.Join(
                    ' ', parsed.GetResult(option)!.Tokens.Select(token => token.Value).DefaultIfEmpty("true"));
            }
        }

        return described;
    }

    /// <summary>The specification that the command line names; null where it names none.</summary>
    /// <exception cref="InputException">The specification or an option is wrong, or options say how to read
    /// data that none names.</exception>
    public DataSpec? Spec(ParseResult parsed)
    {
        if (parsed.GetValue(_data) is { } data)
            return DataSpec.Parse(data, Reading(parsed));
        var errors = new InputErrors();
        foreach (var option in Options.Where(option => IsGiven(parsed, option)))
        {
            errors.Add(
                option.Name, "says how to read data, and --data names none",
                "name the data with --data, or leave it out to read them as the training did");
        }

        errors.ThrowIfAny();
        return null;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private ReaderOptions Reading(ParseResult parsed) => new()
    {
        TextColumn = parsed.GetValue(_text),
        PairColumn = parsed.GetValue(_pair),
        LabelColumn = parsed.GetValue(_label),
        DropLabel = parsed.GetValue(_drop),
        NoHeader = parsed.GetValue(_noHeader),
        Dev = parsed.GetValue(_dev),
        Selection = parsed.GetValue(_selection),
        Calibration = parsed.GetValue(_calibration),
        DevFraction = parsed.GetValue(_devFraction),
        SelectionFraction = parsed.GetValue(_selectionFraction),
        CalibrationFraction = parsed.GetValue(_calibrationFraction),
        Limit = parsed.GetValue(_limit),
        HeldOutLimit = parsed.GetValue(_heldOutLimit),
        Seed = parsed.GetValue(_seed),
    };
}

using System.CommandLine;
using Dimec.Cli.Commands;

namespace Dimec.CommandLine.Tests.Parsing;

/// <summary>A number is what is written, or no number.</summary>
public sealed class StrictOptionsTests
{
    private static readonly string[] s_noNumbers =
    [
        "0,5", "1,000", "1.000,5", "１２", "٣", " 5", "5 ", "+5", "5.", "0x10", "NaN", "Infinity", "-Infinity", "∞", "1_000", "1e", "e5",
        "--5", "5-", "(5)", "$5", "½", "", "1e999", "five", "99999999999999999999x",
    ];

    [Fact]
    public void No_option_of_any_command_takes_for_a_number_what_is_none()
    {
        var checkedOptions = 0;
        foreach (var command in Commands())
        {
            foreach (var option in command.Options.Where(option => IsNumber(option.ValueType)))
            {
                checkedOptions++;
                string[] wrong = IsReal(option.ValueType) ? s_noNumbers : [.. s_noNumbers, "0.5", "1e3", "5.0", "99999999999999999999"];
                Assert.All(wrong, text => Assert.Contains(Errors(command, $"{option.Name}={text}"), error =>
                    error.StartsWith($"{option.Name} {text}: is no ", StringComparison.Ordinal)
                    || (text.Length == 0 && error.Contains(option.Name, StringComparison.Ordinal))));
                string[] right = IsReal(option.ValueType) ? ["0.5", "5", "-5", "2e-5", "2.5E+3", ".5", "007"] : ["5", "-5", "0", "007"];
                Assert.All(right, text => Assert.DoesNotContain(
                    Errors(command, option.Name, text), error => error.Contains(" is no ", StringComparison.Ordinal)));
            }
        }

        Assert.True(checkedOptions > 40, $"{checkedOptions} options hold numbers.");
    }

    [Theory]
    [InlineData("0,5", "write 0.5, with a point.")]
    [InlineData("1,000", "write 1.000 for the fraction, or 1000 for thousands.")]
    [InlineData("half", "write one such as 0.1 or 2e-5.")]
    public async Task A_comma_is_told_from_a_word(string text, string fix)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(
            ExitCodes.BadInput, await screen.RunAsync("plan", "run", "--policy", "edge", "--max-drop", text, "--out", "plan.json"));
        Assert.Contains($"--max-drop {text}: is no number; {fix}", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--text-column", true)]
    [InlineData("--drop-label", true)]
    [InlineData("--dev", false)]
    [InlineData("--out", false)]
    public void Only_what_may_be_nothing_may_be_empty(string option, bool may)
    {
        var train = Commands().First(command => command.Name == "train");
        Assert.Equal(
            may, !Errors(train, option, "").Any(error => error.StartsWith($"{option}: is empty", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1e999", "write a smaller one.")]
    [InlineData("1e-999", "write a larger one, or 0.")]
    public async Task A_number_beyond_what_is_held_is_said_to_be_so(string text, string fix)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(
            ExitCodes.BadInput, await screen.RunAsync("plan", "run", "--policy", "edge", "--max-drop", text, "--out", "plan.json"));
        Assert.Contains($"--max-drop {text}: is no number that can be held; {fix}", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map", "run", "--out", "")]
    [InlineData("evaluate", "run", "--out", " ")]
    [InlineData("demo", "--out", "")]
    [InlineData("study", "--tasks", "sst2", "--out", "")]
    [InlineData("train", "--data", "sst2", "--out", "")]
    [InlineData("export", "run", "--plan", "plan.json", "--out", "")]
    [InlineData("filter", "run", "--metric", "confidence", "--fraction", "0.5", "--out", "")]
    [InlineData("plan", "run", "--policy", "edge", "--out", "")]
    [InlineData("report", "run", "--out", "")]
    public async Task An_output_has_a_name(params string[] call)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(call));
        Assert.Contains("error: --out: is empty; ", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout: is empty", "classify", "bundle", "--timeout=", "3")]
    [InlineData("--file: is empty", "classify", "bundle", "--file=", "text")]
    [InlineData("--file: is empty", "classify", "bundle", "--file:", "text")]
    [InlineData("--out: is empty", "map", "run", "--out=")]
    [InlineData("--json=false: has a value, and the option takes none", "classify", "bundle", "--json=false", "text")]
    [InlineData("--json:true: has a value, and the option takes none", "classify", "bundle", "--json:true", "text")]
    public async Task A_joined_value_is_the_options_own(string problem, params string[] call)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(call));
        Assert.Equal("", screen.Out);
        Assert.Contains($"error: {problem}; ", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RUN", "map", "")]
    [InlineData("RUN", "plan", " ", "--policy", "edge", "--out", "x")]
    [InlineData("BUNDLE", "classify", "", "text")]
    [InlineData("BUNDLE", "serve", "", "--tier", "edge")]
    [InlineData("--file", "classify", "bundle", "--file", "")]
    [InlineData("--costs", "evaluate", "run", "--costs", "")]
    [InlineData("--backbone", "train", "--data", "x.tsv", "--out", "run", "--backbone", "")]
    [InlineData("--data", "train", "--data", "", "--out", "run")]
    public async Task What_is_named_has_a_name(string where, params string[] call)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(call));
        Assert.Contains($"error: {where}: is empty; ", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("[suggest:3]", "classify")]
    [InlineData("[diagram]", "classify", "bundle", "text")]
    [InlineData("[env:X=1]", "--version")]
    [InlineData("@nothing")]
    [InlineData("CLASSIFY", "bundle", "text")]
    [InlineData("classif", "bundle", "text")]
    public async Task What_is_no_command_runs_nothing(params string[] call)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(call));
        Assert.Equal("", screen.Out);
        Assert.Contains(call[0], screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("0")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("１27.0.0.1")]
    public async Task An_address_is_written_out(string address)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("serve", "bundle", "--tier", "edge", "--address", address));
        Assert.Contains($"--address: is '{address}', no IP address", screen.Error, StringComparison.Ordinal);
    }

    private static Command[] Commands() => [.. CommandList.Create(new CommandContext(new Screen().Console, TimeProvider.System, "dimec"))];

    private static string[] Errors(Command command, params string[] arguments) =>
        [.. command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors.Select(error => error.Message)];

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(int) || plain == typeof(long) || plain == typeof(double));

    private static bool IsReal(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(double);
}

using System.CommandLine;
using System.Reflection;
using Dimec.Cli.Commands;

namespace Dimec.Cli.Tests.Commands;

/// <summary>The table in which the libraries' properties meet the tool's flags.</summary>
public sealed class OptionFlagsTests
{
    [Fact]
    public void Every_flag_is_an_option_or_argument_of_a_command()
    {
        Command[] commands = [.. CommandList.Create(new CommandContext(new Screen().Console, TimeProvider.System, "dimec"))];
        var known = commands.SelectMany(command => command.Options.Select(option => option.Name)
            .Concat(command.Arguments.Select(argument => argument.Name))).ToHashSet();

        // A key is none of a call's words: a variable has it.
        Assert.Equal([SecurityOptions.KeyVariable], OptionFlags.All.Values.Except(known));
    }

    /// <summary>Of two options with one name the parser fills one, and says nothing.</summary>
    [Fact]
    public void No_command_has_two_options_of_one_name()
    {
        var commands = CommandList.Create(new CommandContext(new Screen().Console, TimeProvider.System, "dimec"));

        Assert.All(commands, command =>
        {
            string[] names = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
            Assert.Equal(names.Distinct(), names);
        });
    }

    [Fact]
    public void Every_row_is_of_a_property_that_a_library_has()
    {
        // By their files: what the tool reaches through another library only is not among its references.
        var types = Directory.GetFiles(AppContext.BaseDirectory, "Dimec*.dll")
            .SelectMany(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetTypes())
            .ToLookup(type => type.Name);

        Assert.All(OptionFlags.All.Keys.Select(key => key.Split('.')), key =>
            Assert.Contains(types[key[0]], type => type.GetMember(key[1]).Length > 0));
    }

    [Fact]
    public void Whatever_a_library_speaks_of_that_it_has_no_property_of_has_its_flag()
    {
        OptionNames.Use(OptionFlags.All);

        Assert.All(
            Enum.GetValues<TrainingOption>(), option => Assert.StartsWith("--", OptionNames.Of(option), StringComparison.Ordinal));
        Assert.All(
            Enum.GetValues<CallArgument>(), argument => Assert.StartsWith("--", OptionNames.Of(argument), StringComparison.Ordinal));
    }

    /// <summary>Every option of a tier can be set from the command line: a new one that has no row here is found.</summary>
    [Fact]
    public void Every_property_of_a_tiers_options_has_its_flag()
    {
        var properties = new[] { typeof(Serving.DimecTierOptions), typeof(Serving.DimecTierHostOptions) }
            .SelectMany(type =>
                type.GetProperties().Where(property => property.CanWrite).Select(property => $"{type.Name}.{property.Name}"));

        Assert.Subset(OptionFlags.All.Keys.ToHashSet(), properties.ToHashSet());
    }
}

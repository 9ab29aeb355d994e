using System.CommandLine;
using System.Globalization;
using Dimec;
using Dimec.CommandLine;
using Dimec.CommandLine.Parsing;
using Dimec.CommandLine.Serve;
using Dimec.CommandLine.Streams;

// An option's 0.1 is a tenth wherever the user lives; where a comma is the decimal sign it would be read as 1.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

OptionNames.Use(ServeCommand.Names);
var console = ToolConsole.ForProcess();
var root = new RootCommand(ServeCommand.Purpose);
new ServeCommand(console).AddTo(root);
StrictOptions.Apply(root);

using var signals = new StopSignals();
var text = new ToolText("dimec-tier", "dimec-tier --help lists the options.", "Stopped.");
return await new CommandLineTool(text, console).RunAsync(root, args, signals.Token);

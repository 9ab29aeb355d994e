using System.Globalization;
using Dimec.Cli;

// An option's 0.1 is a tenth wherever the user lives; where a comma is the decimal sign it would be read as 1.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

using var signals = new StopSignals();
return await new DimecTool(ToolConsole.ForProcess(), TimeProvider.System).RunAsync(args, signals.Token);

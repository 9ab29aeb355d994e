using Dimec.Cli;

using var signals = new StopSignals();
return await new DimecTool(ToolConsole.ForProcess(), TimeProvider.System).RunAsync(args, signals.Token);

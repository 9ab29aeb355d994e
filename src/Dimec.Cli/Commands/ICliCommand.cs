using System.CommandLine;

namespace Dimec.Cli.Commands;

/// <summary>One command of the tool.</summary>
internal interface ICliCommand
{
    /// <summary>Its name, help, options and action.</summary>
    Command Build();
}

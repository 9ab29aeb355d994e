using System.CommandLine;

namespace Dimec.CommandLine;

/// <summary>One command of the tool.</summary>
public interface ICliCommand
{
    /// <summary>Its name, help, options and action.</summary>
    Command Build();
}

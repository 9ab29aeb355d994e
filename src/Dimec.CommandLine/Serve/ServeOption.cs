using System.CommandLine;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>An option of a tier on the command line.</summary>
/// <param name="Name">The library's name for it, as <see cref="OptionNames.Use"/> takes it.</param>
/// <param name="Option">Its flag.</param>
/// <param name="Set">Takes the value of a call over; adds what the library has no type for.</param>
internal sealed record ServeOption(string Name, Option Option, Action<ParseResult, DimecTierHostOptions, InputErrors> Set);

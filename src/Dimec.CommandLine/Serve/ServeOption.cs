using System.CommandLine;
using Dimec.Serving;

namespace Dimec.CommandLine.Serve;

/// <summary>An option of a tier on the command line.</summary>
/// <param name="Owner">The library's type that has it.</param>
/// <param name="Property">Its property there.</param>
/// <param name="Option">Its flag.</param>
/// <param name="Set">Takes the value of a call over; adds what the library has no type for.</param>
internal sealed record ServeOption(
    string Owner, string Property, Option Option, Action<ParseResult, DimecTierHostOptions, InputErrors> Set);

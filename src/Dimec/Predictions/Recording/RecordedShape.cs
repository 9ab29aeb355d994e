namespace Dimec.Predictions.Recording;

/// <summary>What is recorded of each sample, and by whom.</summary>
/// <param name="Exits">The layer numbers of the exits, ascending; 0 first where exit 0 is among them.</param>
/// <param name="Classes">Logits an exit.</param>
/// <param name="Exported">The bundle whose exits they are.</param>
public sealed record RecordedShape(IReadOnlyList<int> Exits, int Classes, ExportedExits Exported)
{
    /// <summary>Why a file does not go on with this: a sentence's problem; null: it does.</summary>
    internal string? OtherThan(RecordedExits file)
    {
        if (file.Exported is not { } other)
            return "does not say which bundle's exits it holds, so nothing is added to it";
        if (other.Bundle != Exported.Bundle)
            return $"holds what the exits of the bundle {other.Bundle} say, and {Exported.Bundle} is recorded";
        int[] exits = [.. file.HasExitZero ? [0] : (int[])[], .. file.Exits];
        return exits.SequenceEqual(Exits) && file.Classes == Classes
            ? null
            : $"holds the exits {string.Join(", ", exits)}, and {string.Join(", ", Exits)} are recorded";
    }
}

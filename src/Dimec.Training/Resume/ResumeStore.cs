using System.Globalization;
using Dimec.Files;

namespace Dimec.Training.Resume;

/// <summary>
/// The folder <c>RUN/checkpoints/</c>: one file a saved state, written under another name, flushed and renamed. The one before is kept
/// until the next is complete, so that a kill at any moment, or a damaged file, costs some steps and never the run.
/// </summary>
internal sealed class ResumeStore(string folder)
{
    private const string Prefix = "step-";
    private const string Suffix = ".safetensors";
    private const int Kept = 2;

    /// <summary>Writes a saved state and removes all but the latest two.</summary>
    public void Save(TrainingState state, IReadOnlyDictionary<string, Memory<float>> buffers)
    {
        var name = Prefix + state.Step.ToString("D9", CultureInfo.InvariantCulture) + Suffix;
        AtomicFile.Write(Path.Combine(folder, name), stream => ResumeFile.Write(stream, state, buffers));
        foreach (var old in Files().Skip(Kept))
            File.Delete(old);
    }

    /// <summary>Fills the buffers from the latest saved state that is whole.</summary>
    /// <returns>Its state; null where there is no saved state at all.</returns>
    /// <exception cref="InputException">There are saved states and all of them are damaged.</exception>
    public TrainingState? LoadLatest(IReadOnlyDictionary<string, Memory<float>> buffers)
    {
        InputException? damage = null;
        foreach (var path in Files())
        {
            try
            {
                return ResumeFile.Read(path, buffers);
            }
            catch (InputException exception)
            {
                damage ??= exception;
            }
        }

        return damage is null
            ? null
            : throw new InputException(
                folder,
                $"holds no checkpoint that is whole ({damage.Errors[0].Where} {damage.Errors[0].Problem})",
                "delete this folder to train from the beginning");
    }

    /// <summary>Removes all saved states of a finished run.</summary>
    public void Clear()
    {
        foreach (var path in Files())
            File.Delete(path);
    }

    /// <summary>Latest first.</summary>
    private IEnumerable<string> Files() => Directory.Exists(folder)
        ? Directory.GetFiles(folder, Prefix + "*" + Suffix).OrderDescending(StringComparer.Ordinal)
        : [];
}

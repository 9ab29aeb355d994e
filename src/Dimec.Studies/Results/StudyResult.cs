namespace Dimec.Studies.Results;

/// <summary>A result of a study: worked out once, and again only where what it is made from has changed.</summary>
/// <param name="Path">Its file.</param>
/// <param name="MadeFrom">What it is made from, by name: hashes of files, and settings.</param>
/// <param name="Make">Works it out.</param>
/// <typeparam name="T">What the file holds.</typeparam>
public sealed record StudyResult<T>(string Path, Func<IReadOnlyDictionary<string, string>> MadeFrom, Func<CancellationToken, T> Make)
    where T : class
{
    /// <summary>The result of a step that has been made.</summary>
    /// <exception cref="JobException">Somebody else changed the folder.</exception>
    public T Value => StudyFile.Read<T>(Path, MadeFrom())
        ?? throw new JobException($"{Path} was changed while the study ran. Run the same command again; it works out what is missing.");

    /// <summary>Works the result out where it is not there already.</summary>
    /// <param name="cancellationToken">Stops it; then nothing is written.</param>
    /// <returns>False where it was.</returns>
    public bool Run(CancellationToken cancellationToken)
    {
        var from = MadeFrom();
        if (StudyFile.Read<T>(Path, from) is not null)
            return false;
        StudyFile.Write(Path, from, Make(cancellationToken));
        return true;
    }
}

namespace Dimec.Training.Records;

/// <summary>The files of a run.</summary>
internal sealed class RunFolder(string path)
{
    public string Path => path;

    public string Record => In("run.json");

    public string Model => In("model");

    public string Dynamics => In("dynamics");

    public string Checkpoints => In("checkpoints");

    public string TrainEmbeddings => In("embeddings", "train.safetensors");

    public string TrainGuids => In("embeddings", "train.guids");

    public string Predictions(string part) => In("predictions", part + ".jsonl");

    /// <summary>Creates the folder and keeps other processes out of it until the result is disposed or this process ends, however it does.</summary>
    /// <exception cref="InputException">It cannot be created, holds something else, or another process is writing to it.</exception>
    public FileStream Claim()
    {
        if (!File.Exists(Record) && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(entry => !System.IO.Path.GetFileName(entry).StartsWith('.')))
            throw new InputException($"--out {path}", "is not empty and holds no run.json", "name a new folder, or that of a run to resume");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out {path}", "cannot be created as a folder", "name a folder that can be written to");
        }

        try
        {
            return new FileStream(In(".lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException($"--out {path}", "cannot be written to", "name a folder that can be written to");
        }
        catch (IOException)
        {
            throw new InputException($"--out {path}", "is being written by another process", "wait for it to end, or name another folder");
        }
    }

    private string In(params string[] parts) => System.IO.Path.Combine([path, .. parts]);
}

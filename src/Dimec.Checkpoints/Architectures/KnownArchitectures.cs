namespace Dimec.Checkpoints.Architectures;

/// <summary>The families of encoders that are read, trained and exported.</summary>
public static class KnownArchitectures
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<EncoderArchitecture> All { get; } = [Bert.Architecture, DistilBert.Architecture];

    /// <summary>The one that <c>config.json</c> names.</summary>
    /// <param name="modelType">Its <c>model_type</c>.</param>
    /// <returns>The family; null where it is none of these.</returns>
    public static EncoderArchitecture? Find(string modelType) => All.FirstOrDefault(architecture => architecture.ModelType == modelType);
}

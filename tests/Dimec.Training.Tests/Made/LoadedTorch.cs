using Dimec.Training.Native;

namespace Dimec.Training.Tests.Made;

/// <summary>Loads libtorch before any test touches it.</summary>
public sealed class LoadedTorch
{
    public LoadedTorch() => TorchLibrary.Load();
}

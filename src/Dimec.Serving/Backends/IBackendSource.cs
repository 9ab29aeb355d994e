namespace Dimec.Serving.Backends;

/// <summary>Where what a tier serves comes from, when it starts and later.</summary>
internal interface IBackendSource
{
    /// <summary>Whether it is to be looked every now and then whether something else is to be served.</summary>
    bool IsWatched { get; }

    /// <summary>The hash of the bundle that is to be served now; cheap.</summary>
    /// <exception cref="InputException">It cannot be told.</exception>
    string Look();

    /// <summary>Loads that bundle, beside whatever is loaded already, and checks it by its golden samples.</summary>
    /// <exception cref="InputException">The bundle is broken, not signed as it must be, or does not answer as it should.</exception>
    /// <exception cref="JobException">A model could not run, e.g. for want of memory.</exception>
    ITierBackend Open();
}

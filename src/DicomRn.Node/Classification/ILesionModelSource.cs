namespace DicomRn.Node.Classification;

/// <summary>Gives the configured model.</summary>
internal interface ILesionModelSource
{
    /// <summary>The model, loaded at the first call.</summary>
    /// <exception cref="InvalidDataException">There is no such pack, or it is damaged.</exception>
    Task<ILesionModel> LoadAsync(CancellationToken cancellationToken);
}

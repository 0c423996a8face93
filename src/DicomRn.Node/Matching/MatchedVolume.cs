using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>The volume of the chosen series, read from its files when a step first needs it and shared by the steps of one run.</summary>
/// <param name="files">The files of the series.</param>
internal sealed class MatchedVolume(IReadOnlyList<string> files)
{
    private SeriesVolume? _volume;

    /// <summary>Volume, geometry and the instance of every slice.</summary>
    /// <exception cref="SeriesGeometryException">The images are no volume.</exception>
    public async Task<SeriesVolume> ReadAsync(CancellationToken cancellationToken) =>
        _volume ??= await SeriesVolumeReader.ReadFilesAsync(files, cancellationToken);

    /// <summary>The voxels.</summary>
    public async Task<Volume<float>> ImageAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Volume;
}

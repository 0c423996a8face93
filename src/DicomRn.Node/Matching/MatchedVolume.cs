using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>The volume of the chosen series, read from its files when a step first needs it and shared by the steps of one run.</summary>
/// <param name="files">The files of the series.</param>
/// <param name="stack">Which volume is meant where the series holds several, from 1; null where that is refused.</param>
internal sealed class MatchedVolume(IReadOnlyList<string> files, int? stack = null)
{
    private SeriesVolume? _volume;

    /// <summary>The volume that was taken because the series holds several; null where it holds one, or nothing was read yet.</summary>
    public int? Stack { get; private set; }

    /// <summary>Volume, geometry and the instance of every slice.</summary>
    /// <exception cref="SeriesGeometryException">The images are no volume, or several.</exception>
    public async Task<SeriesVolume> ReadAsync(CancellationToken cancellationToken)
    {
        if (_volume is not null)
            return _volume;
        try
        {
            return _volume = await SeriesVolumeReader.ReadFilesAsync(files, cancellationToken);
        }
        catch (SeriesGeometryException e) when (e.Reason == SeriesGeometryReason.SeveralVolumes && stack is not null)
        {
            _volume = await SeriesVolumeReader.ReadFilesAsync(files, stack, cancellationToken);
            Stack = stack;
            return _volume;
        }
    }

    /// <summary>The voxels.</summary>
    public async Task<Volume<float>> ImageAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Volume;
}

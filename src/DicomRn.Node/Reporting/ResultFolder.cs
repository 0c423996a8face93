using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Reporting;

/// <summary>The folder <c>results</c> of a study's work folder, and what has been written to it.</summary>
/// <param name="path">Absolute path.</param>
internal sealed class ResultFolder(string path)
{
    private readonly List<ResultFile> _results = [];
    private readonly List<string> _pictures = [];

    /// <summary>The objects.</summary>
    public IReadOnlyList<ResultFile> Results => _results;

    /// <summary>The PNG files.</summary>
    public IReadOnlyList<string> Pictures => _pictures;

    /// <summary>Removes the results of an earlier run, which were made of other inputs.</summary>
    public void Clear()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
    }

    /// <summary>Writes an object.</summary>
    public async Task AddAsync(ResultKind kind, string name, DicomFile file)
    {
        string target = Path.Combine(path, name);
        await DurableFile.WriteAsync(target, temporary => file.SaveAsync(temporary));
        KillPoints.Reach(KillPoint.ReportingFileWritten);
        DicomDataset d = file.Dataset;
        _results.Add(new ResultFile(
            target,
            kind,
            d.GetSingleValue<string>(DicomTag.SOPClassUID),
            d.GetSingleValue<string>(DicomTag.SOPInstanceUID),
            d.GetSingleValue<string>(DicomTag.SeriesInstanceUID)));
    }

    /// <summary>Writes a picture.</summary>
    public async Task AddPictureAsync(string name, byte[] png, CancellationToken cancellationToken)
    {
        string target = Path.Combine(path, name);
        await DurableFile.WriteAsync(target, stream => stream.WriteAsync(png, cancellationToken).AsTask(), cancellationToken);
        _pictures.Add(target);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Commands;

/// <summary><c>dicomrn contours</c>: an RT Structure Set or a Segmentation as NIfTI masks on the grid of an image series.</summary>
internal sealed class ContoursCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "An RT Structure Set or a Segmentation." };

    private readonly Option<DirectoryInfo> _image = new("--image")
    {
        Description = "The folder of the image series on whose grid the masks are written.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Where the masks go: one file per region of interest, uint8.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int?> _stack = new("--stack")
    {
        Description = "Which volume to take where the series holds several (temporal positions, echoes, stacks), as the message that refuses them counts.",
        HelpName = "N",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write the table as JSON: all counts, how the contours lie to the slices, warnings." };

    public ContoursCommand(CommandConsole console)
        : base(console, "contours", "Writes the regions of an RT Structure Set or Segmentation as NIfTI masks; what is doubtful is told on stderr.")
    {
        Add(_file);
        Add(_image);
        Add(_output);
        Add(_stack);
        Add(_json);
        AddExample("contours RS.dcm --image mr --output masks", "masks/<roi>.nii.gz, with voxel counts and volumes");
        AddExample("contours SEG.dcm --image mr --output masks --json", "the segments of a Segmentation, resampled where its grid is another");
        AddExample("contours RS.dcm --image dynamic --stack 3 --output masks", "on the third temporal position of a series");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        FileInfo file = arguments.GetRequiredValue(_file);
        DirectoryInfo image = arguments.GetRequiredValue(_image);
        string output = arguments.GetRequiredValue(_output).FullName;
        if (!file.Exists)
            throw new JobFailedException($"{file}: no such file.");
        SeriesVolume read = await ReadSeriesAsync(image, arguments.GetValue(_stack), cancellationToken);
        foreach (string note in read.Notes)
            Console.Error.WriteLine(note);
        ImageSeries series = read.Series;
        IReadOnlyList<LaidRegion> regions = await LayAsync(file.FullName, series, cancellationToken);
        if (regions.Count == 0)
            throw new JobFailedException($"{file}: holds no region of interest.");

        Directory.CreateDirectory(output);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        List<WrittenRegion> written = [];
        foreach (LaidRegion region in regions)
        {
            string path = Path.Combine(output, FileName(region, names));
            await NiftiFile.WriteAsync(path, region.Mask, cancellationToken);
            written.Add(new WrittenRegion(region.Number, region.Name, path, region.Voxels, region.Voxels * series.Geometry.VoxelVolume, region.Warnings)
            {
                Type = region.Type,
                Contours = region.Contours,
                Segment = region.Segment,
            });
        }

        Write(written, arguments.GetValue(_json));
        return ExitCode.Success;
    }

    private static async Task<SeriesVolume> ReadSeriesAsync(DirectoryInfo folder, int? stack, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
            throw new JobFailedException($"{folder}: no such folder.");
        string[] files = [.. Directory.EnumerateFiles(folder.FullName).Where(DicomFile.HasValidHeader).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new JobFailedException($"{folder}: no DICOM files.");
        return await SeriesVolumeReader.ReadFilesAsync(files, stack, cancellationToken);
    }

    private static async Task<IReadOnlyList<LaidRegion>> LayAsync(string path, ImageSeries series, CancellationToken cancellationToken)
    {
        DicomDataset dataset = (await DicomFile.OpenAsync(path)).Dataset;
        if (dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "") == DicomUID.RTStructureSetStorage.UID)
        {
            RtStructureSet set = RtStructureSet.Read(dataset);
            RtRoi[] here = [.. set.Rois.Where(r => r.FrameOfReferenceUid == series.FrameOfReferenceUid)];
            RequireFrame(path, here.Length > 0 || set.Rois.Count == 0);
            bool other = set.ReferencedSeriesUids.Count > 0 && !set.ReferencedSeriesUids.Contains(series.SeriesInstanceUid);
            return [.. here.Select(roi => Of(roi, series, other))];
        }

        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(path, cancellationToken);
        RequireFrame(path, segmentation.FrameOfReferenceUid == series.FrameOfReferenceUid);
        return [.. segmentation.Segments.Select(segment =>
        {
            SegmentMask mask = segmentation.Mask(segment.Number, series.Geometry);
            return new LaidRegion(segment.Number, segment.Label, mask.Mask, mask.VoxelCount, mask.Warnings)
            {
                Type = segment.Type?.Meaning ?? "",
                Segment = new SegmentFigures(mask.Frames, mask.PixelCount, mask.OutsidePixels, mask.Resampled),
            };
        })];
    }

    private static LaidRegion Of(RtRoi roi, ImageSeries series, bool otherSeries)
    {
        RasterizedRoi mask = ContourRasterizer.Rasterize(roi, series.Geometry);
        ContourReferences references = ContourReferences.Of(roi, series);
        ContourOverlap overlap = ContourOverlap.Of(roi.Contours.SelectMany(c => c.Points), series.Geometry);
        string[] drawnElsewhere = !otherSeries ? [] :
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"drawn on another series of the same frame of reference; {overlap.Part * 100:0.#} % of {overlap.Points} points lie in the volume, up to {overlap.LargestPlaneOffset:0.00} slices off its slices"),
        ];
        return new LaidRegion(roi.Number, roi.Name, mask.Mask, mask.VoxelCount, [.. mask.Warnings, .. references.Warnings, .. drawnElsewhere])
        {
            Type = roi.InterpretedType,
            Contours = new ContourFigures(
                mask.UsedContours, roi.Contours.Count + roi.UnreadableContours - mask.UsedContours, mask.Interpolated, mask.LargestPlaneOffset,
                mask.PlaneTilt, overlap.Part, references.ToSeries, references.Elsewhere, references.OffImage),
        };
    }

    private static void RequireFrame(string path, bool same)
    {
        if (!same)
            throw new JobFailedException($"{path}: its contours belong to another frame of reference than the images.");
    }

    private static string FileName(LaidRegion region, HashSet<string> taken)
    {
        string name = string.Concat(region.Name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '+' ? c : '_')).Trim('.');
        if (name.Length == 0)
            name = string.Create(CultureInfo.InvariantCulture, $"roi-{region.Number}");
        if (!taken.Add(name))
            taken.Add(name = string.Create(CultureInfo.InvariantCulture, $"{name}-{region.Number}"));
        return name + ".nii.gz";
    }

    private void Write(List<WrittenRegion> regions, bool json)
    {
        if (json)
        {
            Console.Output.WriteLine(JsonSerializer.Serialize(regions, Json));
            return;
        }

        TextTable table = new(">No", "ROI", ">Voxels", ">Volume mm³", "File");
        foreach (WrittenRegion region in regions)
        {
            table.Add(
                region.Number.ToString(CultureInfo.InvariantCulture), region.Roi, region.Voxels.ToString(CultureInfo.InvariantCulture),
                region.VolumeMm3.ToString("0.0", CultureInfo.InvariantCulture), region.File);
        }

        table.Write(Console.Output);
        foreach (WrittenRegion region in regions)
            foreach (string warning in region.Warnings)
                Console.Error.WriteLine($"{region.Roi}: {warning}.");
    }

    private sealed record LaidRegion(int Number, string Name, Volume<byte> Mask, long Voxels, IReadOnlyList<string> Warnings)
    {
        public string Type { get; init; } = "";

        public ContourFigures? Contours { get; init; }

        public SegmentFigures? Segment { get; init; }
    }

    private sealed record WrittenRegion(int Number, string Roi, string File, long Voxels, double VolumeMm3, IReadOnlyList<string> Warnings)
    {
        public string Type { get; init; } = "";

        public ContourFigures? Contours { get; init; }

        public SegmentFigures? Segment { get; init; }
    }

    /// <summary>How the contours of a region lie to the grid.</summary>
    private sealed record ContourFigures(
        int Used, int LeftOut, bool Interpolated, double LargestPlaneOffsetSlices, double PlaneTiltDegrees, double PartInside,
        int ReferencingSeries, int ReferencingElsewhere, int OffReferencedImage);

    /// <summary>How the frames of a segment lie to the grid.</summary>
    private sealed record SegmentFigures(int Frames, long Pixels, long PixelsOutside, bool Resampled);
}

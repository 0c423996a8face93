using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

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
        Description = "The folder of the image series on whose grid the masks are written, and of registrations; those below it are read, too.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Where the masks go: one file per region of interest, uint8.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _series = new("--series")
    {
        Description = "Series Instance UID of the image series, where the folder holds several.",
        HelpName = "UID",
    };

    private readonly Option<FileInfo[]> _registration = new("--registration")
    {
        Description = "A Spatial Registration or Deformable Spatial Registration (REG) that leads from the frame of reference of the contours to that of the images, or a part of the way; may be repeated. Default: those in the folder of the images.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _stack = StackOption.Create(
        "--stack", "Which volume to take where the series holds several (temporal positions, echoes, stacks), as the message that refuses them counts.");

    private readonly Option<bool> _json = new("--json") { Description = "Write the table as JSON: all counts, how the contours lie to the slices, warnings." };

    public ContoursCommand(CommandConsole console)
        : base(console, "contours", "Writes the regions of an RT Structure Set or Segmentation as NIfTI masks; what is doubtful is told on stderr.")
    {
        Add(_file);
        Add(_image);
        Add(_output);
        Add(_series);
        Add(_registration);
        Add(_stack);
        Add(_json);
        AddExample("contours RS.dcm --image mr --output masks", "masks/<roi>.nii.gz, with voxel counts and volumes");
        AddExample("contours SEG.dcm --image mr --output masks --json", "the segments of a Segmentation, resampled where its grid is another");
        AddExample("contours RS.dcm --image followup --registration REG.dcm --output masks", "contours of planning images, carried over");
        AddExample("contours RS.dcm --image dynamic --stack 3 --output masks", "on the third temporal position of a series");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        FileInfo file = arguments.GetRequiredValue(_file);
        DirectoryInfo image = arguments.GetRequiredValue(_image);
        string output = arguments.GetRequiredValue(_output).FullName;
        if (!file.Exists)
            throw new JobFailedException($"{file}: no such file.");
        FileInfo[] registrations = await RegistrationsAsync(arguments.GetValue(_registration) ?? []);
        ImageFolder folder = await ReadFolderAsync(image, cancellationToken);
        FolderSeries chosen = folder.Choose(arguments.GetValue(_series), _series.Name);
        SeriesGrid read = SeriesVolumeReader.ReadGrid([.. chosen.Files.Select(f => (f.Dataset, (string?)f.Path))], arguments.GetValue(_stack));
        foreach (string note in read.Notes)
            Console.Error.WriteLine(note);
        IReadOnlyList<RegionToLay> regions = await RegionsAsync(
            file, read.Series, () => SeriesVolumeReader.ReadFilesAsync(chosen.Files.Select(f => f.Path), arguments.GetValue(_stack), cancellationToken),
            folder, registrations, cancellationToken);
        if (regions.Count == 0)
            throw new JobFailedException($"{file}: holds no region of interest.");

        Directory.CreateDirectory(output);
        WrittenRegion[] written = await LayAsync(regions, read.Series.Geometry, output, cancellationToken);
        Write(written, arguments.GetValue(_json));
        return ExitCode.Success;
    }

    private static async Task<WrittenRegion[]> LayAsync(
        IReadOnlyList<RegionToLay> regions, VolumeGeometry grid, string output, CancellationToken cancellationToken)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        string[] paths = [.. regions.Select(r => Path.Combine(output, FileName(r, names)))];
        WrittenRegion[] written = new WrittenRegion[regions.Count];
        ConcurrentBag<Volume<byte>> empty = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, regions.Count), cancellationToken, async (n, token) =>
        {
            if (!empty.TryTake(out Volume<byte>? mask))
                mask = new Volume<byte>(grid);
            LaidRegion region = regions[n].Lay(mask);
            await NiftiFile.WriteAsync(paths[n], region.Mask, region.Slices, token);
            if (region.Mask == mask)
            {
                (int first, int count) = region.Slices.GetOffsetAndLength(grid.Slices);
                mask.Voxels.AsSpan(first * grid.Columns * grid.Rows, count * grid.Columns * grid.Rows).Clear();
            }

            empty.Add(mask);
            written[n] = new WrittenRegion(region.Number, region.Name, paths[n], region.Voxels, region.Voxels * grid.VoxelVolume, region.Warnings)
            {
                Type = region.Type,
                Contours = region.Contours,
                Segment = region.Segment,
                CarriedBy = region.CarriedBy,
            };
        });
        return written;
    }

    private async Task<IReadOnlyList<RegionToLay>> RegionsAsync(
        FileInfo file, ImageSeries series, Func<Task<SeriesVolume>> pixels, ImageFolder folder, FileInfo[] given, CancellationToken cancellationToken)
    {
        (IReadOnlyList<RegionToLay> here, int elsewhere) = await LaidRegion.ReadAsync(file.FullName, series, cancellationToken);
        if (elsewhere == 0)
            return here;
        string[] registrations = [.. given.Length > 0 ? given.Select(r => r.FullName) : folder.Registrations];
        CarriedContours carried = await CarriedContours.LayAsync(
            await pixels(), file.FullName, registrations, folder.Series.SelectMany(s => s.Files).Select(f => f.Path), cancellationToken);
        if (here.Count + carried.Regions.Count == 0)
        {
            string why = registrations.Length == 0
                ? "no registration was given or lies in the folder of the images"
                : string.Join(" ", [$"none of {registrations.Length} registrations leads from one to the other.", .. carried.Notes]).TrimEnd('.');
            throw new JobFailedException($"{file}: its contours belong to another frame of reference than the images: {why}.");
        }

        foreach (string note in carried.Notes)
            Console.Error.WriteLine(note);
        if (elsewhere > carried.Regions.Count)
            Console.Error.WriteLine($"{file}: {elsewhere - carried.Regions.Count} regions belong to another frame of reference, to which no registration leads, and were left out.");
        return [.. here.Concat(carried.Regions.Select(r => new RegionToLay(r.Number, r.Name, _ => LaidRegion.Of(r)))).OrderBy(r => r.Number)];
    }

    private static async Task<FileInfo[]> RegistrationsAsync(FileInfo[] given)
    {
        foreach (FileInfo file in given)
        {
            if (!file.Exists)
                throw new JobFailedException($"{file}: no such file.");
            DicomDataset dataset = (await DicomFile.OpenAsync(file.FullName, FileReadOption.ReadLargeOnDemand)).Dataset;
            if (!ImageFolder.IsRegistration(dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "")))
                throw new JobFailedException($"{file}: is no Spatial Registration or Deformable Spatial Registration.");
        }

        return given;
    }

    private static async Task<ImageFolder> ReadFolderAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
            throw new JobFailedException($"{folder}: no such folder.");
        string[] files = ImageFolder.Files(folder.FullName);
        return files.Length > 0
            ? await ImageFolder.ReadAsync(folder.ToString(), files, cancellationToken)
            : throw new JobFailedException($"{folder}: no DICOM files.");
    }

    private static string FileName(RegionToLay region, HashSet<string> taken)
    {
        string name = string.Concat(region.Name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '+' ? c : '_')).Trim('.');
        if (name.Length == 0)
            name = string.Create(CultureInfo.InvariantCulture, $"roi-{region.Number}");
        if (!taken.Add(name))
            taken.Add(name = string.Create(CultureInfo.InvariantCulture, $"{name}-{region.Number}"));
        return name + ".nii.gz";
    }

    private void Write(WrittenRegion[] regions, bool json)
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

    private sealed record WrittenRegion(int Number, string Roi, string File, long Voxels, double VolumeMm3, IReadOnlyList<string> Warnings)
    {
        public string Type { get; init; } = "";

        public ContourFigures? Contours { get; init; }

        public SegmentFigures? Segment { get; init; }

        public IReadOnlyList<string>? CarriedBy { get; init; }
    }
}

using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Cohorts;

/// <summary>Renders a patient of a phantom cohort and writes the files.</summary>
internal sealed class PhantomPatientWriter(string folder, int edge)
{
    private const double LargestOffset = 6;

    private readonly PreprocessingSettings _settings = new() { CropVoxels = edge };

    /// <summary>The rows of the patient, in order of scan and lesion, with paths relative to the folder.</summary>
    public async Task<IReadOnlyList<(CohortEntry Entry, PhantomLesionRow Truth)>> WriteAsync(PhantomPatient patient, CancellationToken cancellationToken)
    {
        PhantomClinicalRows clinical = new(patient);
        PhantomGrowth[] growth = [.. patient.Classes.Select((c, n) => new PhantomGrowth(SeededRandom.For(patient.Seed, 0x6404, (uint)n), c))];
        int[] days = clinical.Days(patient);
        List<(CohortEntry, PhantomLesionRow)> rows = [];
        for (int scan = 0; scan < patient.Scans; scan++)
        {
            double months = PhantomClinicalRows.MonthsBeforeIndex(days, scan);
            PhantomScene scene = new(new PhantomOptions
            {
                Seed = patient.Seed,
                Centre = patient.Centre,
                LesionCount = patient.Classes.Count,
                Classes = patient.Classes,
                Scan = scan,
                RadiusFactors = [.. growth.Select(g => g.RadiusFactor(months))],
            });
            IntensityNormalization intensities = PhantomSubvolume.Intensities(scene, _settings, cancellationToken);
            for (int lesion = 0; lesion < patient.Classes.Count; lesion++)
                rows.Add(await WriteAsync(patient, scene, scan, lesion, intensities, cancellationToken));

            for (int n = rows.Count - patient.Classes.Count; n < rows.Count; n++)
            {
                (CohortEntry entry, PhantomLesionRow truth) = rows[n];
                int lesion = n % patient.Classes.Count;
                entry = entry with { Days = days[scan] };
                if (patient.Split != CohortSplit.Unlabelled)
                    entry = entry with { Clinical = clinical.Of(lesion, months, entry.Clinical.LesionVolumeMm3!.Value) };
                rows[n] = (entry, truth);
            }
        }

        return rows;
    }

    private async Task<(CohortEntry Entry, PhantomLesionRow Truth)> WriteAsync(
        PhantomPatient patient, PhantomScene scene, int scan, int lesion, IntensityNormalization intensities, CancellationToken cancellationToken)
    {
        bool labelled = patient.Split != CohortSplit.Unlabelled, index = labelled && scan == patient.Scans - 1;
        PhantomContour contour = PhantomSubvolume.Contour(scene, lesion);
        VolumeGeometry crop = LesionPreprocessor.CropGrid(labelled ? contour.Centroid : contour.Centroid + Offset(patient, scan), _settings);
        Volume<float> image = PhantomSubvolume.Image(scene, crop, cancellationToken);
        string name = $"{patient.Id}_t{scan + 1}_l{lesion + 1}.nii.gz", split = CohortValues.Of(patient.Split);
        string imagePath = $"images/{split}/{name}", maskPath = $"masks/{split}/{name}", signalPath = $"truth/{split}/{name}";
        await NiftiFile.WriteAsync(
            Path.Combine(folder, imagePath), new Volume<short>(crop, Array.ConvertAll(image.Voxels, v => (short)Math.Clamp(MathF.Round(v), 0, short.MaxValue))), cancellationToken);
        if (labelled)
            await NiftiFile.WriteAsync(Path.Combine(folder, maskPath), VolumeResampler.Nearest(contour.Mask, crop), cancellationToken);
        if (index)
            await NiftiFile.WriteAsync(Path.Combine(folder, signalPath), PhantomMasks.Signal(scene, lesion, crop), cancellationToken);
        CohortEntry entry = new()
        {
            Patient = patient.Id,
            Lesion = labelled ? $"{lesion + 1}" : null,
            TimePoint = scan + 1,
            Image = imagePath,
            Mask = labelled ? maskPath : null,
            Label = labelled ? patient.Classes[lesion] : null,
            Centre = $"phantom {(patient.Centre switch { PhantomCentre.First => "A", PhantomCentre.Second => "B", _ => "elsewhere" })}",
            Split = patient.Split,
            IsIndex = index,
            BrainMedian = Math.Round(intensities.Median, 3),
            Clinical = labelled ? new CohortClinicalData { LesionVolumeMm3 = contour.VolumeMm3 } : new(),
        };
        return (entry, new PhantomLesionRow(
            patient.Id, $"{lesion + 1}", scan + 1, scene.Classes[lesion], Math.Round(scene.Shares[lesion], 4), Math.Round(scene.Radii[lesion], 3),
            index ? signalPath : ""));
    }

    /// <summary>Nobody centred unlabelled sub-volumes on a lesion.</summary>
    private static PatientVector Offset(PhantomPatient patient, int scan)
    {
        SeededRandom random = SeededRandom.For(patient.Seed, 0x0FF5, (uint)scan);
        double Draw() => random.Uniform(-LargestOffset, LargestOffset);
        return new PatientVector(Draw(), Draw(), Draw());
    }
}

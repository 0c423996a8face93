using System.Globalization;
using DicomRn.Benchmarks.SideBySide;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;

namespace DicomRn.Benchmarks.Registration;

/// <summary>Rigid registration by plastimatch: centres aligned, then versor optimisation of Mattes mutual information on three resolutions.</summary>
internal static class PlastimatchRegistration
{
    /// <summary>Registers two NIfTI files; with image it also writes the moving one on the grid of the fixed one, as .nii.gz.</summary>
    /// <returns>Fixed → moving, LPS, mm, and the time of the program, seconds.</returns>
    public static async Task<(RigidTransform Transform, double Seconds)> RunAsync(
        string fixedFile, string movingFile, string folder, CancellationToken cancellationToken, bool withImage = false)
    {
        string parameters = Path.Combine(folder, "parameters.txt"), transform = Path.Combine(folder, "transform.txt");
        await File.WriteAllTextAsync(parameters, $"""
            [GLOBAL]
            fixed={fixedFile}
            moving={movingFile}
            xform_out={transform}
            {(withImage ? $"img_out={Path.Combine(folder, "moved.nii.gz")}" : "")}
            [STAGE]
            xform=align_center
            {Stage(8)}{Stage(4)}{Stage(2)}
            """, cancellationToken);
        double seconds = await Plastimatch.RunAsync(["register", parameters], cancellationToken);
        return File.Exists(transform)
            ? (Read(await File.ReadAllLinesAsync(transform, cancellationToken)), seconds)
            : throw new InvalidOperationException("plastimatch wrote no transform.");
    }

    private static string Stage(int factor) => $"""
        [STAGE]
        xform=rigid
        optim=versor
        impl=itk
        metric=mattes
        max_its=100
        num_samples=100000
        res={factor} {factor} {factor}


        """;

    // ITK's text form of VersorRigid3DTransform: versor and translation, then the centre that they act about.
    private static RigidTransform Read(string[] lines)
    {
        double[] p = Numbers(lines, "Parameters:"), c = Numbers(lines, "FixedParameters:");
        PatientVector axis = new(p[0], p[1], p[2]);
        double angle = 2 * Math.Asin(Math.Min(1, axis.Length));
        PatientVector rotation = axis.Length > 0 ? axis * (angle / axis.Length) : axis;
        return RigidTransform.About(new PatientPoint(c[0], c[1], c[2]), rotation, new PatientVector(p[3], p[4], p[5]));
    }

    private static double[] Numbers(string[] lines, string key) =>
    [
        .. lines.First(l => l.StartsWith(key, StringComparison.Ordinal))[key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => double.Parse(v, CultureInfo.InvariantCulture)),
    ];
}

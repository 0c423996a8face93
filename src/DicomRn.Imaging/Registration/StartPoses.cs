using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Where the search begins: the heads laid over each other by their centres, by the centres of the images, and as the coordinates stand;
/// shifted along the body, because one image may show only a part; each turned to every side.
/// </summary>
internal static class StartPoses
{
    private const double AlongBody = 35, Turn = 20;

    private static readonly PatientVector[] Turns =
    [
        new(0, 0, 0), new(Turn, 0, 0), new(-Turn, 0, 0), new(0, Turn, 0), new(0, -Turn, 0), new(0, 0, Turn), new(0, 0, -Turn),
    ];

    public static IEnumerable<RigidTransform> For(RegistrationImage fixedImage, RegistrationImage moving)
    {
        PatientPoint center = fixedImage.Head.Center;
        PatientVector heads = moving.Head.Center - center;
        PatientVector images = moving.Levels[0].Geometry.Center - fixedImage.Levels[0].Geometry.Center;
        PatientVector[] shifts = [heads, heads + new PatientVector(0, 0, AlongBody), heads - new PatientVector(0, 0, AlongBody), images, default];
        foreach (PatientVector shift in shifts)
        {
            foreach (PatientVector turn in Turns)
                yield return RigidTransform.About(center, turn * (Math.PI / 180), shift);
        }
    }
}

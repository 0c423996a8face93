using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Rendering;

/// <summary>
/// The letters of Patient Orientation (0020,0020) for a direction (PS3.3 C.7.6.1.1.1): L left, R right, A anterior, P posterior, H head,
/// F feet; the main axis first, then others at more than 15° to the plane across.
/// </summary>
public static class OrientationLetters
{
    private const double Visible = 0.2588; // sin 15°

    /// <summary>The letters for a unit direction in LPS; at most three.</summary>
    public static string Of(PatientVector direction)
    {
        (double Value, char Letter)[] axes =
        [
            (Math.Abs(direction.X), direction.X > 0 ? 'L' : 'R'),
            (Math.Abs(direction.Y), direction.Y > 0 ? 'P' : 'A'),
            (Math.Abs(direction.Z), direction.Z > 0 ? 'H' : 'F'),
        ];
        return string.Concat(axes.Where(a => a.Value > Visible).OrderByDescending(a => a.Value).Select(a => a.Letter));
    }
}

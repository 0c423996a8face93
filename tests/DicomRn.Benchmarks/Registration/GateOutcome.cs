using System.Globalization;
using DicomRn.Imaging.Registration;

namespace DicomRn.Benchmarks.Registration;

/// <summary>What came of a trial of the gates.</summary>
/// <param name="Seed">The head.</param>
/// <param name="Planning">What its planning image is.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Error">How far the worst lesion is from where it belongs, mm; infinite where it belongs nowhere.</param>
/// <param name="Result">The registration.</param>
internal sealed record GateOutcome(int Seed, PlanningKind Planning, TrialKind Kind, double Error, RegistrationResult Result)
{
    private const double Wrong = 2;

    /// <summary>Whether it is wrong, by more than 2 mm at a lesion.</summary>
    public bool IsWrong => Error > Wrong;

    /// <summary>Whether the gates let it through.</summary>
    public bool Accepted => Result.Accepted;

    public override string ToString()
    {
        RegistrationQuality q = Result.Quality;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Seed} {Planning} {Kind}: {Error:0.00} mm, {(Accepted ? "accepted" : "refused")}; NMI {q.Information:0.000}, overlap {q.Overlap:0.00}, both ways {q.InverseConsistencyMm:0.00}, restarts {q.RestartSpreadMm:0.00}, parts {q.LocalShiftMm:0.00}, mirrored {q.MirroredShare:0.00}");
    }
}

using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>The value of the metric at a pose.</summary>
/// <param name="Information">Normalised mutual information, 1 (independent) to 2 (each tells the other).</param>
/// <param name="Overlap">Samples that the moving image covers, as a share of what it could cover, 0 to 1.</param>
/// <param name="Score">What is maximised: the information above 1, less where the overlap is small.</param>
/// <param name="Force">Derivative of the score by a shift of the moved head, per mm.</param>
/// <param name="Torque">Derivative of the score by a turn of the moved head about its centre, per radian.</param>
internal readonly record struct Similarity(double Information, double Overlap, double Score, PatientVector Force, PatientVector Torque);

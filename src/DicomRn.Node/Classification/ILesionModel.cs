using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;

namespace DicomRn.Node.Classification;

/// <summary>A loaded model.</summary>
internal interface ILesionModel
{
    /// <summary>Which model it is.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Looks at one lesion.</summary>
    /// <param name="image">The T1CE series, modality units.</param>
    /// <param name="mask">The lesion on the same grid.</param>
    /// <param name="clinical">What is known of patient and lesion on the day of the images; what is null is missing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<LesionPrediction> PredictAsync(
        Volume<float> image, Volume<byte> mask, CohortClinicalData clinical, CancellationToken cancellationToken);
}

using System.Globalization;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Classification;

/// <summary>Lets the model look at every matched lesion.</summary>
internal sealed class ClassificationStep(ILesionModelSource models, ClassificationOptions options)
{
    /// <summary>The record, read where it is valid, else made.</summary>
    /// <param name="matching">The record of the step before.</param>
    /// <param name="series">The images of the chosen series.</param>
    /// <param name="workFolder">Work folder of the study.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<ClassificationRecord> RunAsync(
        MatchingRecord matching, MatchedVolume series, string workFolder, CancellationToken cancellationToken)
    {
        ILesionModel model = await models.LoadAsync(cancellationToken);
        string key = StepKey.Of("classification", DurableRecord.Text(matching), model.Identity.ToString(), options.ToString());
        string path = Path.Combine(workFolder, ClassificationRecord.FileName);
        if (await DurableRecord.ReadAsync<ClassificationRecord>(path, cancellationToken) is { } done && done.Key == key
            && done.Lesions.All(l => l.AttentionFile is null || File.Exists(Path.Combine(workFolder, l.AttentionFile))))
            return done;

        Volume<float> image = await series.ImageAsync(cancellationToken);
        List<ClassifiedLesion> lesions = [];
        foreach (MatchedLesion lesion in matching.Lesions)
            lesions.Add(await ClassifyAsync(model, image, lesion, workFolder, cancellationToken));
        ClassificationRecord record = new()
        {
            Key = key,
            Model = model.Identity,
            NecrosisFrom = options.NecrosisFrom,
            ProgressionUpTo = options.ProgressionUpTo,
            Lesions = lesions,
        };
        await DurableRecord.WriteAsync(path, record, cancellationToken);
        return record;
    }

    private async Task<ClassifiedLesion> ClassifyAsync(
        ILesionModel model, Volume<float> image, MatchedLesion lesion, string workFolder, CancellationToken cancellationToken)
    {
        if (lesion.VolumeMm3 < options.MinimumVolumeMm3)
        {
            return NotClassified(lesion, string.Create(
                CultureInfo.InvariantCulture,
                $"The lesion's volume of {lesion.VolumeMm3:0} mm3 is below the {options.MinimumVolumeMm3:0} mm3 that the model needs."));
        }

        Volume<byte> mask = await NiftiFile.ReadMaskAsync(Path.Combine(workFolder, lesion.MaskFile), cancellationToken);
        LesionPrediction prediction = await model.PredictAsync(image, new Volume<byte>(image.Geometry, mask.Voxels), cancellationToken);
        if (prediction is not { Probability: { } probability, NotApplicable: null })
            return NotClassified(lesion, prediction.NotApplicable ?? "The model gives no probability for this lesion.");

        string? attentionFile = null;
        if (prediction.Attention is { } attention)
        {
            attentionFile = Path.ChangeExtension(Path.ChangeExtension(lesion.MaskFile, null), null) + "-attention.nii.gz";
            await DurableFile.WriteAsync(
                Path.Combine(workFolder, attentionFile), temporary => NiftiFile.WriteAsync(temporary, attention, cancellationToken));
        }

        (LesionClass decided, string? remark) = LesionDecision.Of(probability, options);
        return new ClassifiedLesion
        {
            TrackingUid = lesion.TrackingUid,
            Class = decided,
            Probability = probability,
            Remark = remark,
            AttentionFile = attentionFile,
        };
    }

    private static ClassifiedLesion NotClassified(MatchedLesion lesion, string why) =>
        new() { TrackingUid = lesion.TrackingUid, Class = LesionClass.NotClassified, Remark = why };
}

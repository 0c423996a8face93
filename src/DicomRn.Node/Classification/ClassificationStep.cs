using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

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
        string rule = LesionDecision.Rule(model.Identity, options);
        // The matching record holds the clinical data of each lesion, so that another value of them makes another record.
        string key = StepKey.Of("classification", DurableRecord.Text(matching), DurableRecord.Text(model.Identity), rule);
        string path = Path.Combine(workFolder, ClassificationRecord.FileName);
        if (await DurableRecord.ReadAsync<ClassificationRecord>(path, cancellationToken) is { } done && done.Key == key
            && done.Lesions.SelectMany(l => new[] { l.AttentionFile, l.RolloutFile }).All(f => f is null || File.Exists(Path.Combine(workFolder, f))))
            return done;

        Volume<float> image = await series.ImageAsync(cancellationToken);
        List<ClassifiedLesion> lesions = [];
        foreach (MatchedLesion lesion in matching.Lesions)
        {
            Volume<byte> mask = await NiftiFile.ReadMaskAsync(Path.Combine(workFolder, lesion.MaskFile), cancellationToken);
            LesionPrediction prediction = LesionDecision.Apply(
                await model.PredictAsync(
                    image, new Volume<byte>(image.Geometry, mask.Voxels), lesion.Clinical ?? new CohortClinicalData(), cancellationToken),
                options);
            string name = lesion.MaskFile[..lesion.MaskFile.IndexOf('.', StringComparison.Ordinal)];
            lesions.Add(new ClassifiedLesion
            {
                TrackingUid = lesion.TrackingUid,
                Class = prediction.Class,
                Probability = prediction.Class == LesionClass.NotClassified ? null : prediction.Probability,
                Remark = prediction.Remark,
                Clinical = prediction.Clinical,
                AttentionFile = await WriteAsync(prediction.Attention, $"{name}-attention.nii.gz", workFolder, cancellationToken),
                RolloutFile = await WriteAsync(prediction.Rollout, $"{name}-rollout.nii.gz", workFolder, cancellationToken),
            });
        }

        ClassificationRecord record = new() { Key = key, Model = model.Identity, Rule = rule, Lesions = lesions };
        KillPoints.Reach(KillPoint.ClassificationMapsWritten);
        await DurableRecord.WriteAsync(path, record, cancellationToken);
        KillPoints.Reach(KillPoint.ClassificationRecorded);
        return record;
    }

    private static async Task<string?> WriteAsync(Volume<float>? map, string name, string workFolder, CancellationToken cancellationToken)
    {
        if (map is null)
            return null;
        await DurableFile.WriteAsync(Path.Combine(workFolder, name), temporary => NiftiFile.WriteAsync(temporary, map, cancellationToken));
        return name;
    }
}

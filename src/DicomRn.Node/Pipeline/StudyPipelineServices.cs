using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Classification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DicomRn.Node.Pipeline;

/// <summary>Registers the study pipeline.</summary>
public static class StudyPipelineServices
{
    /// <summary>
    /// Adds <see cref="IStudyPipeline"/> with the sections Matching, Classification, Inference and Reporting, unless another one is
    /// registered. The model is loaded when a lesion first needs it.
    /// </summary>
    public static IServiceCollection AddStudyPipeline(this IServiceCollection services, NodeSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILesionModelSource, PackLesionModelSource>();
        services.TryAddSingleton<IStudyPipeline, StudyPipeline>();
        return services
            .AddSingleton(settings.Matching)
            .AddSingleton(settings.Classification)
            .AddSingleton(settings.Inference)
            .AddSingleton(settings.Reporting);
    }
}

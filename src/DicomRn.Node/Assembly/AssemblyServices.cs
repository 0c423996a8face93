using DicomRn.Node.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Assembly;

/// <summary>Registers assembly and processing.</summary>
internal static class AssemblyServices
{
    /// <summary>Adds the timers of studies and the worker that takes complete studies through the pipeline.</summary>
    public static IServiceCollection AddAssembly(this IServiceCollection services, AssemblyOptions options) => services
        .AddSingleton(options)
        .AddHostedService<StudyProcessingService>()
        .AddHostedService<StudyAssembler>();
}

using System.ComponentModel.DataAnnotations;

namespace DicomRn.Node.Classification;

/// <summary>Section <c>Inference</c>: where and how the model runs.</summary>
public sealed record InferenceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Inference";

    /// <summary>Folder of an existing libtorch to use instead of the one that comes with the program. Default (empty): the own one.</summary>
    public string LibTorchDirectory { get; init; } = "";

    /// <summary>cpu, or cuda where the program was built for it. Default: cpu.</summary>
    [RegularExpression("cpu|cuda(:[0-9]+)?")]
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of one inference; 0 takes all cores. Default 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }
}

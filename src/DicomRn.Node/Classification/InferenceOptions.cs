using System.ComponentModel.DataAnnotations;

namespace DicomRn.Node.Classification;

/// <summary>Section <c>Inference</c>: where and how the model runs.</summary>
public sealed record InferenceOptions
{
    /// <summary>Folder of an existing libtorch to use instead of the one that comes with the program. Default (empty): the own one.</summary>
    public string LibTorchDirectory { get; init; } = "";

    /// <summary>auto (CUDA where it is there), cpu or cuda (an error where it is not there). Default: auto.</summary>
    [RegularExpression("(?i:auto|cpu|cuda)")]
    public string Device { get; init; } = "auto";

    /// <summary>CPU threads of one inference; 0 takes all cores. Default 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }
}

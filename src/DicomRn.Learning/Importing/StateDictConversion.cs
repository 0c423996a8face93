using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Importing;

/// <summary>The tensors of a state dict as this program's <see cref="VisionTransformer"/> wants them.</summary>
internal sealed class StateDictConversion
{
    private const string Positions = "patch_embedding.position_embeddings";
    private readonly VitConfiguration _sizes;
    private readonly StateDictOptions _options;
    private readonly Dictionary<string, StoredTensor> _weights = [];
    private readonly List<string> _remarks = [];

    /// <exception cref="StateDictException">Values are not finite.</exception>
    public StateDictConversion(string path, IReadOnlyDictionary<string, SafeTensorEntry> tensors, VitConfiguration sizes, StateDictOptions options)
    {
        (_sizes, _options) = (sizes, options);
        IReadOnlyDictionary<string, StoredTensor> read = SafeTensors.Read(path, tensors.Values);
        string[] infinite = [.. read.Where(t => !AreFinite(t.Value.Values)).Select(t => t.Key)];
        if (infinite.Length > 0)
            throw new StateDictException(path, [$"values that are not finite: {StateDictNames.Some(infinite)}"]);
        foreach ((string name, SafeTensorEntry entry) in tensors)
            _weights[name] = read[entry.Name];
        foreach (var group in tensors.Values.Where(t => t.Type != "F32").GroupBy(t => t.Type))
            _remarks.Add($"{group.Count()} tensors of type {group.Key} were converted to F32");
        Patches();
        if (options.WithHead)
            Head(StateDictLayout.HeadName(tensors)!);
        if (!sizes.ClassToken)
            _remarks.Add("no class token: the mean of the patch tokens stands for the image");
    }

    public IReadOnlyDictionary<string, StoredTensor> Weights => _weights;

    public IReadOnlyList<string> Remarks => _remarks;

    private static bool AreFinite(float[] values)
    {
        foreach (float v in values)
        {
            if (!float.IsFinite(v))
                return false;
        }

        return true;
    }

    private void Patches()
    {
        if (_weights.Remove(StateDictNames.PerceptronKernels, out StoredTensor? linear))
        {
            string bias = StateDictNames.PerceptronKernels[..^"weight".Length] + "bias";
            _weights[StateDictNames.ConvolutionKernels[..^"weight".Length] + "bias"] = _weights[bias];
            _weights.Remove(bias);
            _weights[StateDictNames.ConvolutionKernels] = AsConvolution(linear);
            _remarks.Add("the patch embedding is a linear layer (perceptron); it was written as the equal convolution");
        }

        int patch = _sizes.PatchSize, voxels = patch * patch * patch, channels = _sizes.InChannels;
        StoredTensor kernels = _weights[StateDictNames.ConvolutionKernels];
        float[] turned = new float[kernels.Values.Length];
        for (int n = 0; n < turned.Length / voxels; n++)
        {
            int to = _options.MaskFirst && channels == 2 ? n ^ 1 : n;
            _options.Axes.Turn(kernels.Values.AsSpan(n * voxels, voxels), turned.AsSpan(to * voxels, voxels), patch, 1);
        }

        _weights[StateDictNames.ConvolutionKernels] = kernels with { Values = turned };
        float[] positions = new float[_weights[Positions].Values.Length];
        _options.Axes.Turn(_weights[Positions].Values, positions, _sizes.PatchesPerEdge, _sizes.HiddenSize);
        _weights[Positions] = _weights[Positions] with { Values = positions };
        if (!_options.Axes.IsOwn)
            _remarks.Add($"patch kernels and positions were turned from arrays of axes {_options.Axes.Code} to those of this program, {SourceAxes.Own.Code}");
    }

    /// <summary>[hidden, patch³ × channels], the channel fastest, to [hidden, channels, patch, patch, patch].</summary>
    private StoredTensor AsConvolution(StoredTensor linear)
    {
        int patch = _sizes.PatchSize, voxels = patch * patch * patch, channels = _sizes.InChannels, hidden = _sizes.HiddenSize;
        float[] kernels = new float[linear.Values.Length];
        for (int h = 0; h < hidden; h++)
        {
            for (int v = 0; v < voxels; v++)
            {
                for (int c = 0; c < channels; c++)
                    kernels[(h * channels + c) * voxels + v] = linear.Values[(h * voxels + v) * channels + c];
            }
        }

        return new StoredTensor([hidden, channels, patch, patch, patch], kernels);
    }

    /// <summary>One logit, above 0 for progression: of two outputs, their difference, whose sigmoid is the softmax of the two.</summary>
    private void Head(string name)
    {
        _weights.Remove(name + ".weight", out StoredTensor? weight);
        _weights.Remove(name + ".bias", out StoredTensor? bias);
        int hidden = _sizes.HiddenSize, outputs = (int)weight!.Shape[0];
        float[] rows = new float[hidden];
        for (int n = 0; n < hidden; n++)
            rows[n] = Logit(weight.Values[n], outputs == 2 ? weight.Values[hidden + n] : null);
        _weights["classification_head.weight"] = new StoredTensor([1, hidden], rows);
        _weights["classification_head.bias"] = new StoredTensor([1], [Logit(bias!.Values[0], outputs == 2 ? bias.Values[1] : null)]);
        if (outputs == 2)
            _remarks.Add($"the logit is output {_options.ProgressionClass} (progression) less output {1 - _options.ProgressionClass}: its sigmoid is the softmax of the two");
        else if (_options.ProgressionClass == 0)
            _remarks.Add("the sign of the logit was changed: low outputs mean progression");
        if (name != "classification_head")
            _remarks.Add("the head is taken without an activation behind it (MONAI's Tanh, where post_activation was left as it is)");
    }

    private float Logit(float first, float? second)
    {
        float upward = second is { } other ? other - first : first;
        return _options.ProgressionClass == 1 ? upward : -upward;
    }
}

using DicomRn.Learning.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Clinical variables with an image: a token per group of variables, which attends to the image's tokens (cross-attention) or stands
/// beside the pooled image (concatenation); one logit.
/// </summary>
internal sealed class ClinicalFusion : nn.Module
{
    private readonly ModuleList<Linear> _groups;
    private readonly CrossAttention? _attention;
    private readonly LayerNorm _norm;
    private readonly Linear _head;
    private readonly IReadOnlyList<int> _sizes;

    public ClinicalFusion(VitConfiguration configuration, ClinicalFusionKind kind, IReadOnlyList<int> sizes)
        : base(nameof(ClinicalFusion))
    {
        _sizes = sizes;
        _groups = nn.ModuleList([.. sizes.Select(size => nn.Linear(size, configuration.HiddenSize))]);
        _norm = nn.LayerNorm(configuration.HiddenSize);
        _head = nn.Linear(2 * configuration.HiddenSize, 1);
        register_module("groups", _groups);
        register_module("norm", _norm);
        register_module("head", _head);
        if (kind == ClinicalFusionKind.CrossAttention)
        {
            _attention = new CrossAttention(configuration with { MlpSize = 2 * configuration.HiddenSize });
            register_module("attention", _attention);
        }
    }

    /// <summary>Logits [B] from pooled images [B, hidden], their tokens [B, n, hidden] and encoded variables.</summary>
    public Tensor Logits(Tensor pooled, Tensor tokens, Tensor clinical)
    {
        using var scope = NewDisposeScope();
        List<Tensor> variables = [];
        long at = 0;
        foreach ((Linear group, int size) in _groups.Zip(_sizes))
        {
            variables.Add(group.Apply(clinical.slice(1, at, at + size, 1).to(tokens.dtype)));
            at += size;
        }

        Tensor asking = stack(variables, 1);
        if (_attention is not null)
            asking = _attention.Attend(asking, tokens);
        return _head.Apply(cat([pooled, _norm.Apply(asking).mean([1])], 1)).squeeze(1).MoveToOuterDisposeScope();
    }
}

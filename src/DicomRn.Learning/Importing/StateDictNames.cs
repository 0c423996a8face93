using System.Text.RegularExpressions;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Importing;

/// <summary>The tensors of a state dict by the names that MONAI's <c>ViT</c> gives them: without prefix and without what a ViT does not use.</summary>
internal sealed partial class StateDictNames
{
    /// <summary>Kernels of the patch embedding, <c>proj_type="conv"</c>.</summary>
    public const string ConvolutionKernels = "patch_embedding.patch_embeddings.weight";

    /// <summary>The same as a linear layer behind einops' Rearrange, <c>proj_type="perceptron"</c>.</summary>
    public const string PerceptronKernels = "patch_embedding.patch_embeddings.1.weight";

    private static readonly string[] KernelNames = [ConvolutionKernels, PerceptronKernels];

    private const string HeadPrefix = "classification_head.";
    private readonly Dictionary<string, SafeTensorEntry> _tensors = [];
    private readonly List<string> _remarks = [];
    private readonly List<string> _faults = [];

    private StateDictNames()
    {
    }

    public IReadOnlyDictionary<string, SafeTensorEntry> Tensors => _tensors;

    /// <summary>What a person is to know.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Why the names cannot be those of a ViT.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static StateDictNames Of(IReadOnlyList<SafeTensorEntry> entries, StateDictOptions options)
    {
        StateDictNames names = new();
        string[] prefixes = [.. entries.Select(e => e.Name)
            .Where(n => IsKernels(n) && n.StartsWith(options.Prefix ?? "", StringComparison.Ordinal))
            .Select(n => n[..n.LastIndexOf("patch_embedding.", StringComparison.Ordinal)]).Distinct()];
        if (options.Prefix is not null)
            prefixes = [.. prefixes.Where(p => p == options.Prefix)];
        if (prefixes is not [string prefix])
        {
            names._faults.Add(prefixes.Length == 0
                ? $"no {options.Prefix}{ConvolutionKernels}: this is not the state dict of a MONAI ViT; it holds {Some(entries.Select(e => e.Name))}"
                : $"several transformers, their names begin with {string.Join(", ", prefixes.Select(p => $"'{p}'"))}: choose one by its prefix");
            return names;
        }

        names.Sort(entries, prefix, options);
        return names;
    }

    /// <summary>The first names of many.</summary>
    public static string Some(IEnumerable<string> all)
    {
        const int Shown = 12;
        string[] names = [.. all];
        return names.Length == 0 ? "nothing"
            : string.Join(", ", names.Take(Shown)) + (names.Length > Shown ? $" and {names.Length - Shown} more" : "");
    }

    private void Sort(IReadOnlyList<SafeTensorEntry> entries, string prefix, StateDictOptions options)
    {
        List<(string Name, string Reason)> leftOut = [];
        List<string> outside = [];
        foreach (SafeTensorEntry entry in entries)
        {
            string name = entry.Name.StartsWith(prefix, StringComparison.Ordinal) ? entry.Name[prefix.Length..] : "";
            if (name.Length == 0)
                outside.Add(entry.Name);
            else if (Unused(name, options.WithHead) is { } reason)
                leftOut.Add((entry.Name, reason));
            else
                _tensors.Add(name, entry);
        }

        if (prefix.Length > 0)
            _remarks.Add($"the names begin with '{prefix}', which was taken off");
        if (outside.Count > 0 && options.Prefix is null)
            _faults.Add($"unexpected, without '{prefix}' before: {Some(outside)} (stating the prefix leaves them out)");
        else if (outside.Count > 0)
            _remarks.Add($"left out, without the prefix: {Some(outside)}");
        foreach (var group in leftOut.GroupBy(l => l.Reason))
            _remarks.Add($"left out, {group.Key}: {Some(group.Select(l => l.Name))}");
    }

    private static bool IsKernels(string name) =>
        KernelNames.Any(k => name == k || name.EndsWith("." + k, StringComparison.Ordinal));

    /// <summary>Why a tensor is not needed; null where it is, or where nobody knows it.</summary>
    private static string? Unused(string name, bool withHead) =>
        Decoder().IsMatch(name) ? "the decoder of ViTAutoEnc"
        : name == "patch_embedding.cls_token" ? "never used by MONAI's patch embedding"
        : CrossAttention().IsMatch(name) ? "cross-attention that MONAI's blocks hold and a ViT does not use"
        : !withHead && name.StartsWith(HeadPrefix, StringComparison.Ordinal) ? "the head, which an encoder does not keep"
        : null;

    [GeneratedRegex(@"^conv3d_transpose(_1)?\.(weight|bias)$")]
    private static partial Regex Decoder();

    [GeneratedRegex(@"^blocks\.\d+\.(norm_cross_attn\.(weight|bias)|cross_attn\.(to_q|to_k|to_v|out_proj)\.(weight|bias))$")]
    private static partial Regex CrossAttention();
}

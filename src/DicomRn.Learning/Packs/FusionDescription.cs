using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Inference;

namespace DicomRn.Learning.Packs;

/// <summary>
/// How a pack's model takes clinical variables beside the image, in full: the weights <c>fusion.*</c> and these numbers are all that is
/// needed to encode a patient as the training did. Each group's numbers stand in the order of its variables.
/// </summary>
public sealed record FusionDescription
{
    /// <summary>How variables and image meet.</summary>
    public required ClinicalFusionKind Kind { get; init; }

    /// <summary>The groups of variables, one token each, in the order of <c>fusion.groups.N</c>.</summary>
    public required IReadOnlyList<ClinicalGroup> Groups { get; init; }

    /// <summary>How each measured variable of the groups is standardised.</summary>
    public required IReadOnlyList<MeasuredVariable> Measured { get; init; }

    /// <summary>The primaries of the training cases, one number each, then one for any other and one for a missing primary.</summary>
    public required IReadOnlyList<string> Primaries { get; init; }

    /// <summary>Each variable of the groups, in their order, with the training cases that had it.</summary>
    public required IReadOnlyList<VariableCases> Variables { get; init; }

    /// <summary>Share of the values that were hidden in training, so that the model learnt what it means to miss any of them.</summary>
    public double HiddenShare { get; init; }

    /// <summary>What a missing value becomes.</summary>
    public required MissingValueHandling MissingValues { get; init; }

    /// <summary>What is wrong with it; nothing when it can be used.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Kind == ClinicalFusionKind.None || !Enum.IsDefined(Kind))
            yield return "a fusion is crossAttention or concatenation";
        if (Groups.Count == 0 || Groups.Distinct().Count() != Groups.Count || !Groups.All(Enum.IsDefined))
        {
            yield return "a fusion has one group of clinical variables or more, each once";
            yield break;
        }

        string[] wanted = [.. MeasuredVariable.Of(Groups).Order(StringComparer.Ordinal)];
        if (Measured.Any(m => m is null) || !Measured.Select(m => m.Name).Order(StringComparer.Ordinal).SequenceEqual(wanted))
        {
            yield return $"the groups have the measured variables {(wanted.Length == 0 ? "none" : string.Join(", ", wanted))}, each once";
            yield break;
        }

        foreach (MeasuredVariable variable in Measured)
        {
            if (variable.Scale != MeasuredVariable.ScaleOf(variable.Name))
                yield return $"{variable.Name} is encoded on another scale than this program's";
            if (!double.IsFinite(variable.Mean) || !double.IsFinite(variable.Deviation) || !(variable.Deviation > 0))
                yield return $"{variable.Name} has a mean and a deviation above 0";
        }

        if (Primaries.Any(string.IsNullOrWhiteSpace) || Primaries.Distinct(StringComparer.OrdinalIgnoreCase).Count() != Primaries.Count)
            yield return "each primary is a word and stands once";
        if (Primaries.Count > 0 && !Groups.Contains(ClinicalGroup.Primary))
            yield return "there are primaries, but no group of them";
        IReadOnlyList<string> names = ClinicalValues.Names(Groups);
        if (Variables.Any(v => v is null || v.Known < 0 || v.Missing < 0) || !Variables.Select(v => v.Name).SequenceEqual(names))
            yield return $"the groups have the variables {string.Join(", ", names)}, in this order, each with its numbers of training cases";
        if (HiddenShare is not (>= 0 and < 1))
            yield return "the share of hidden values is 0 to below 1";
        if (!Enum.IsDefined(MissingValues))
            yield return "a missing value is a state of its own (ownState)";
    }
}

using System.CommandLine;
using DicomRn.Learning.Importing;

namespace DicomRn.Commands;

/// <summary>The options of <c>model import</c> that say what a state dict does not.</summary>
internal sealed class StateDictArguments
{
    private readonly Option<SourceAxes> _axes = new("--axes")
    {
        Description = "The axes of the arrays that the model was trained on: where their 1st, 2nd and 3rd dimension lead to (nibabel's and MONAI's axcodes). RAS: MONAI's "
            + "Orientationd(axcodes=\"RAS\"). LPS: axial DICOM, x first, as ITK reads it. SPL: the same, z first, as SimpleITK's GetArrayFromImage gives it, and as in this program. "
            + "Kernels and positions are turned accordingly.",
        HelpName = "RAS",
        DefaultValueFactory = _ => SourceAxes.Ras,
    };

    private readonly Option<int?> _heads = new("--heads")
    {
        Description = "Attention heads per block: no shape tells them. One per 64 of the hidden size if nothing is said.",
        HelpName = "N",
    };

    private readonly Option<bool> _maskFirst = new("--mask-first") { Description = "Of two channels, the first is the lesion's mask and the second T1CE." };

    private readonly Option<int> _progression = new("--progression-class")
    {
        Description = "The class that means progression. Of two outputs, its number; of one, 1 where high values mean progression, 0 where low ones do.",
        HelpName = "0|1",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "Take the tensors whose names begin so, and leave out all others; without it the prefix is found, and others are an error.",
        HelpName = "TEXT",
    };

    public StateDictArguments()
    {
        _axes.CustomParser = result =>
        {
            string code = result.Tokens.Single().Value;
            if (SourceAxes.TryParse(code) is { } axes)
                return axes;
            result.AddError($"--axes: '{code}' is not three letters, one of each pair R/L, A/P and S/I.");
            return SourceAxes.Ras;
        };
        _heads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--heads: 1 or more.");
        });
        _progression.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (0 or 1))
                result.AddError("--progression-class: 0 or 1.");
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _axes, _heads, _maskFirst, _progression, _prefix })
            command.Add(option);
    }

    public StateDictOptions Read(ParseResult arguments) => new()
    {
        Axes = arguments.GetRequiredValue(_axes),
        Heads = arguments.GetValue(_heads),
        MaskFirst = arguments.GetValue(_maskFirst),
        ProgressionClass = arguments.GetValue(_progression),
        Prefix = arguments.GetValue(_prefix),
    };
}

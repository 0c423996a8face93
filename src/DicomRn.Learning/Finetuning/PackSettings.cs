namespace DicomRn.Learning.Finetuning;

/// <summary>The section <c>pack</c> of a fine-tuning's configuration: the model pack that it writes, and what that says of itself.</summary>
public sealed record PackSettings
{
    /// <summary>The folder of model packs; the pack becomes a folder of its name in it. Relative paths are relative to the file.</summary>
    public required string Folder { get; init; }

    /// <summary>The pack's name: letters, digits, points, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The model's version.</summary>
    public required string Version { get; init; }

    /// <summary>What it is for and what not, a sentence for the reader of a report.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>What it was trained on, a sentence that stands in every report.</summary>
    public required string TrainingData { get; init; }

    /// <summary>Whether the cohort is of synthetic phantoms, or the encoder was trained on such: every result says so then.</summary>
    public required bool TrainedOnPhantoms { get; init; }

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        (bool Holds, string Fault)[] rules =
        [
            (Folder.Length > 0, "Folder: a path"),
            (Name.Length > 0 && Name[0] != '.' && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'),
                "Name: letters, digits, points, hyphens and underscores, and no point at the beginning"),
            (IsLine(Version), "Version: a line of text"),
            (IsLine(IntendedUse), "IntendedUse: a line of text"),
            (IsLine(TrainingData), "TrainingData: a line of text"),
        ];
        return rules.Where(r => !r.Holds).Select(r => r.Fault);
    }

    private static bool IsLine(string text) => !string.IsNullOrWhiteSpace(text) && text.IndexOfAny(['\n', '\r']) < 0;
}

namespace DicomRn.Node.Pipeline;

/// <summary>What refinement made of the planning mask of a lesion.</summary>
/// <param name="Refined">Whether the model saw the refined mask; else it saw the planning mask.</param>
/// <param name="Why">Why, in words that go on after a colon.</param>
/// <param name="PlanningVolumeMm3">Volume of the planning mask, mm³.</param>
public sealed record LesionRefinement(bool Refined, string Why, double PlanningVolumeMm3)
{
    /// <summary>Which mask the model saw and why, a sentence without a full stop.</summary>
    public string Text => Refined ? $"The model saw the refined mask: {Why}" : $"The model saw the planning mask: {Why}";
}

namespace DicomRn.Learning.Evaluation;

/// <summary>What one model says of the cases of one set, a case once: of a repeated cross-validation the means over the repeats.</summary>
/// <param name="Set">What was predicted, and by which models.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Cases">The cases, in a fixed order.</param>
/// <param name="Repeats">Logits of each repeat, in the order of the cases.</param>
internal sealed record EvaluatedModel(
    PredictedSet Set, string Model, IReadOnlyList<Prediction> Cases, IReadOnlyList<double[]> Repeats)
{
    public bool[] Positive => [.. Cases.Select(c => c.Progression)];

    public double[] Logits => [.. Cases.Select(c => c.Logit)];

    public double[] Probabilities => [.. Cases.Select(c => c.Probability)];

    public string[] Patients => [.. Cases.Select(c => $"{c.Centre}\t{c.Patient}")];

    /// <summary>Models in the order of their first prediction, each with its sets.</summary>
    /// <exception cref="InvalidDataException">A model has a case twice, not in every repeat, or labelled otherwise than another model has it.</exception>
    public static IReadOnlyList<EvaluatedModel> Of(IReadOnlyList<Prediction> predictions)
    {
        foreach (var sameCase in predictions.GroupBy(p => p.Case))
        {
            if (sameCase.Select(p => p.Progression).Distinct().Count() > 1)
                throw new InvalidDataException($"Patient {sameCase.Key.Patient}, lesion {sameCase.Key.Lesion}: the predictions state different labels.");
        }

        return [.. predictions.GroupBy(p => (p.Model, p.Set)).Select(g => One(g.Key.Set, g.Key.Model, [.. g]))];
    }

    private static EvaluatedModel One(PredictedSet set, string model, IReadOnlyList<Prediction> predictions)
    {
        int[] repeats = [.. predictions.Select(p => p.Repeat).Distinct().Order()];
        List<Prediction> cases = [];
        List<double>[] logits = [.. repeats.Select(_ => new List<double>())];
        foreach (IGrouping<object, Prediction> group in predictions.GroupBy(p => (object)p.Case))
        {
            Prediction[] rows = [.. group.OrderBy(p => p.Repeat)];
            if (!rows.Select(p => p.Repeat).SequenceEqual(repeats))
            {
                throw new InvalidDataException(
                    $"{model}, {set}: patient {rows[0].Patient}, lesion {rows[0].Lesion} is not there once in each of {repeats.Length} repeats.");
            }

            double probability = rows.Average(p => p.Probability);
            string decision = rows.Select(p => p.Decision).Distinct().Count() == 1 ? rows[0].Decision : "undecided";
            cases.Add(rows[0] with { Logit = rows.Average(p => p.Logit), Probability = probability, Decision = decision });
            for (int n = 0; n < repeats.Length; n++)
                logits[n].Add(rows[n].Logit);
        }

        return new EvaluatedModel(set, model, cases, [.. logits.Select(l => l.ToArray())]);
    }
}

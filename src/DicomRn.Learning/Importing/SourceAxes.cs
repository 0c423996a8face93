namespace DicomRn.Learning.Importing;

/// <summary>
/// The axes of the arrays that a model was trained on, as three letters in the order of the array's dimensions: where each axis leads to,
/// R or L, A or P, S or I (nibabel's and MONAI's <c>axcodes</c>). This program's arrays are <c>SPL</c>: slices to the head, rows to the
/// back, columns to the left.
/// </summary>
public sealed class SourceAxes
{
    private const string OwnCode = "SPL";
    private static readonly string[] Pairs = ["SI", "PA", "LR"];

    /// <summary>What MONAI's <c>Orientationd(axcodes="RAS")</c> gives.</summary>
    public static SourceAxes Ras { get; } = TryParse("RAS")!;

    /// <summary>This program's own.</summary>
    public static SourceAxes Own { get; } = TryParse(OwnCode)!;

    // For each of our axes: the source's axis along the same line, and whether that leads the other way.
    private readonly (int Axis, bool IsReversed)[] _turns;

    private SourceAxes(string code, (int Axis, bool IsReversed)[] turns) => (Code, _turns) = (code, turns);

    /// <summary>The letters.</summary>
    public string Code { get; }

    /// <summary>Whether nothing is to be turned.</summary>
    public bool IsOwn => Code == OwnCode;

    /// <summary>Reads three letters, such as <c>RAS</c>; null where they are not one of each pair.</summary>
    public static SourceAxes? TryParse(string code)
    {
        string letters = code.ToUpperInvariant();
        if (letters.Length != 3 || !Pairs.All(pair => letters.Count(pair.Contains) == 1))
            return null;
        return new SourceAxes(letters, [.. Pairs.Select((pair, n) =>
        {
            int axis = letters.IndexOfAny(pair.ToCharArray());
            return (axis, letters[axis] != OwnCode[n]);
        })]);
    }

    /// <summary>The letters.</summary>
    public override string ToString() => Code;

    /// <summary>Turns a cube of the source's array order into that of this program.</summary>
    /// <param name="source">edge³ cells, the source's last axis fastest.</param>
    /// <param name="target">The same, our last axis fastest.</param>
    /// <param name="edge">Cells along each axis.</param>
    /// <param name="cell">Values per cell.</param>
    internal void Turn(ReadOnlySpan<float> source, Span<float> target, int edge, int cell)
    {
        Span<int> at = stackalloc int[3];
        int place = 0;
        for (int d = 0; d < edge; d++)
        {
            for (int h = 0; h < edge; h++)
            {
                for (int w = 0; w < edge; w++)
                {
                    Place(0, d, edge, at);
                    Place(1, h, edge, at);
                    Place(2, w, edge, at);
                    source.Slice(((at[0] * edge + at[1]) * edge + at[2]) * cell, cell).CopyTo(target.Slice(place, cell));
                    place += cell;
                }
            }
        }
    }

    private void Place(int ownAxis, int index, int edge, Span<int> at) =>
        at[_turns[ownAxis].Axis] = _turns[ownAxis].IsReversed ? edge - 1 - index : index;
}

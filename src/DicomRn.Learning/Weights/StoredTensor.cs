namespace DicomRn.Learning.Weights;

/// <summary>Values and shape of a tensor, row-major, outside of Torch.</summary>
/// <param name="Shape">Sizes of the dimensions; empty for a single value.</param>
/// <param name="Values">One value per element.</param>
internal sealed record StoredTensor(IReadOnlyList<long> Shape, float[] Values);

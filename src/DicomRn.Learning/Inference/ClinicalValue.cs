namespace DicomRn.Learning.Inference;

/// <summary>A clinical variable that a model asks for, and what it was told.</summary>
/// <param name="Name">The variable, for people: <c>age</c>, <c>months since radiosurgery</c> …</param>
/// <param name="Value">Its value with its unit; null where it is missing, which the model takes as a state of its own.</param>
public sealed record ClinicalValue(string Name, string? Value);

namespace DicomRn.Learning.Radiomics;

/// <summary>One value that describes a region of an image.</summary>
/// <param name="Name">The name in the profile's vocabulary (<see cref="RadiomicsProfile"/>).</param>
/// <param name="Value">In the units of the definition; not a number where the region is too small for it to exist.</param>
public readonly record struct RadiomicFeature(string Name, double Value);

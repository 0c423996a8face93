namespace DicomRn.Node.Matching;

/// <summary>A region of interest as its source names it.</summary>
/// <param name="Number">ROI Number or Segment Number.</param>
/// <param name="Name">ROI Name or Segment Label.</param>
/// <param name="InterpretedType">RT ROI Interpreted Type; empty where absent.</param>
internal sealed record LesionRoi(int Number, string Name, string InterpretedType);

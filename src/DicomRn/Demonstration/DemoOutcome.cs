using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Phantoms;

namespace DicomRn.Demonstration;

/// <summary>How a demonstration ended.</summary>
/// <param name="Study">What was sent.</param>
/// <param name="State">The state in which the study ended, with its reason.</param>
/// <param name="Result">What the node found; null when it did not get that far.</param>
/// <param name="ReceivedByPacs">The files that the PACS has stored.</param>
/// <param name="Overlays">The overlays as PNG files.</param>
internal sealed record DemoOutcome(
    PhantomStudy Study, StudyChanged State, StudyResult? Result, IReadOnlyList<string> ReceivedByPacs, IReadOnlyList<string> Overlays);

namespace DicomRn.Node.Delivery;

/// <summary>The destination answered some results with a passing failure; those are to be sent again.</summary>
internal sealed class PassingFailureException(string message) : Exception(message);

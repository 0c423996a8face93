using System.Globalization;

namespace DicomRn.Dicom.Network;

/// <summary>
/// A DIMSE status: its code (0000,0900), its class and its meaning (PS3.7 Annex C, PS3.4 B.2.3 and GG.4). Codes written with
/// <c>x</c> stand for all codes that differ in that digit only; two statuses are equal when their codes agree in every digit
/// that both give.
/// </summary>
public sealed partial class DicomStatus : IEquatable<DicomStatus>
{
    private readonly ushort _mask;

    /// <summary>A status from a code of four hexadecimal digits, for instance <c>A7xx</c>.</summary>
    /// <exception cref="ArgumentException">The code has not four digits.</exception>
    public DicomStatus(string code, DicomState status, string desc)
        : this(code, status, desc, null)
    {
    }

    /// <summary>A status with an error comment (0000,0902) for the peer's log.</summary>
    /// <exception cref="ArgumentException">The code has not four digits.</exception>
    public DicomStatus(string code, DicomState status, string desc, string? comment)
    {
        if (code is not { Length: 4 })
            throw new ArgumentException($"A DIMSE status code has four hexadecimal digits, not '{code}'.", nameof(code));
        Code = ushort.Parse(code.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (char digit in code)
            _mask = (ushort)((_mask << 4) | (digit == 'x' ? 0 : 0xF));
        State = status;
        Description = desc;
        ErrorComment = comment;
    }

    /// <summary>The same status with an error comment.</summary>
    public DicomStatus(DicomStatus status, string? comment)
        : this(status.Code, status, comment)
    {
        _mask = status._mask;
    }

    private DicomStatus(ushort code, DicomStatus pattern, string? comment)
    {
        Code = code;
        _mask = 0xFFFF;
        State = pattern.State;
        Description = pattern.Description;
        ErrorComment = comment;
    }

    /// <summary>The status code.</summary>
    public ushort Code { get; }

    /// <summary>Its class.</summary>
    public DicomState State { get; }

    /// <summary>Its meaning in words.</summary>
    public string Description { get; }

    /// <summary>Error Comment (0000,0902), at most 64 characters on the wire.</summary>
    public string? ErrorComment { get; }

    /// <summary>
    /// The status of a code: the entry that gives most of its digits, with this code. A code of no entry is a failure
    /// (PS3.7 C: an unknown code is treated as a failure).
    /// </summary>
    public static DicomStatus Lookup(ushort code)
    {
        foreach (DicomStatus entry in Known.Entries)
        {
            if ((code & entry._mask) == entry.Code)
                return new DicomStatus(code, entry, null);
        }

        return new DicomStatus(code, ProcessingFailure, null);
    }

    /// <summary>Adds statuses, for instance those of a private service class; they come after those that give more digits.</summary>
    public static void AddKnownDicomStatuses(IEnumerable<DicomStatus> statuses)
    {
        ArgumentNullException.ThrowIfNull(statuses);
        Known.Entries = InOrder(Known.Entries.Concat(statuses));
    }

    /// <summary>The status of a code in a response of the type given: some codes mean other things in other services.</summary>
    internal static DicomStatus Lookup(ushort code, DicomCommandField response)
    {
        if (response is DicomCommandField.CFindResponse or DicomCommandField.CGetResponse or DicomCommandField.CMoveResponse)
        {
            foreach (DicomStatus entry in QueryRetrieveEntries)
            {
                if ((code & entry._mask) == entry.Code)
                    return new DicomStatus(code, entry, null);
            }
        }

        return Lookup(code);
    }

    /// <summary>Whether both codes agree in every digit that both give.</summary>
    public static bool operator ==(DicomStatus? left, DicomStatus? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the codes differ in a digit that both give.</summary>
    public static bool operator !=(DicomStatus? left, DicomStatus? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(DicomStatus? other) => other is not null && (Code & other._mask) == (other.Code & _mask);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DicomStatus);

    /// <summary>The first digit's hash only: statuses that are equal may differ in the digits that one of them leaves open.</summary>
    public override int GetHashCode() => Code >> 12;

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = State is DicomState.Warning or DicomState.Failure
            ? $"{State} [{Code:x4}: {Description}]"
            : Description;
        return string.IsNullOrEmpty(ErrorComment) ? text : $"{text} -> {ErrorComment}";
    }

    // Stable: of two entries of one code the first is found.
    private static DicomStatus[] InOrder(IEnumerable<DicomStatus> entries) =>
        [.. entries.OrderByDescending(entry => System.Numerics.BitOperations.PopCount(entry._mask))];

    // Apart, because it needs the fields of all parts of this class.
    private static class Known
    {
        public static DicomStatus[] Entries { get; set; } = InOrder([.. GeneralEntries, .. QueryRetrieveEntries, .. PrintEntries]);
    }
}

using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>The changes that data sets are put through.</summary>
internal static class DicomTokens
{
    public static IReadOnlyList<IMutation> Mutations { get; } =
    [
        new ElementMutation(),
        new ElementMutation(),
        new TokenMutation(
            [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF],
            [0xFE, 0xFF, 0x00, 0xE0, 0x04, 0, 0, 0],
            [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0],
            [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0],
            [0xFF, 0xFF, 0xFF, 0xFF],
            [0x40, 0x00, 0x75, 0x02, 0xFF, 0xFF, 0xFF, 0xFF],
            [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x09, 0x00, 0x10, 0x00, (byte)'L', (byte)'O', 2, 0, (byte)'A', (byte)'B'],
            [0x08, 0x00, 0x05, 0x00, (byte)'C', (byte)'S', 12, 0, .. "\\ISO 2022 IR"u8]),
        TokenMutation.OfText(
            "\\ISO 2022 IR 87", "ISO_IR 192", "ISO 2022 IR 149", "GB18030", "\u001b$B", "\u001b(J", "=", "\\", "^", "1e999", "-0x1", "NaN",
            "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5",
            "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201"),
    ];
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The MQ arithmetic decoder (T.800 Annex C). Its registers are a small struct, so that a coding pass can keep them in those of
/// the processor.
/// </summary>
internal struct MqDecoder
{
    private uint _a;
    private uint _c;
    private int _shifts;
    private int _position;

    /// <summary>The bytes that must follow a codeword: a marker, at which the decoder stops reading.</summary>
    public static ReadOnlySpan<byte> Terminator => [0xFF, 0xFF];

    /// <summary>
    /// For each context state, (index in Table C.2) × 2 + MPS: Qe in the high 16 bits, then the state after an MPS, then that
    /// after an LPS.
    /// </summary>
    private static readonly uint[] States = MakeStates();

    /// <summary>
    /// Qe, NMPS, NLPS and SWITCH of Table C.2, hexadecimal Qe × 2¹⁶, the others a byte, a byte and its highest bit.
    /// </summary>
    private static ReadOnlySpan<uint> ProbabilityTable =>
    [
        0x5601_0181, 0x3401_0206, 0x1801_0309, 0x0AC1_040C, 0x0521_051D, 0x0221_2621, 0x5601_0786, 0x5401_080E,
        0x4801_090E, 0x3801_0A0E, 0x3001_0B11, 0x2401_0C12, 0x1C01_0D14, 0x1601_1D15, 0x5601_0F8E, 0x5401_100E,
        0x5101_110F, 0x4801_1210, 0x3801_1311, 0x3401_1412, 0x3001_1513, 0x2801_1613, 0x2401_1714, 0x2201_1815,
        0x1C01_1916, 0x1801_1A17, 0x1601_1B18, 0x1401_1C19, 0x1201_1D1A, 0x1101_1E1B, 0x0AC1_1F1C, 0x09C1_201D,
        0x08A1_211E, 0x0521_221F, 0x0441_2320, 0x02A1_2421, 0x0221_2522, 0x0141_2623, 0x0111_2724, 0x0085_2825,
        0x0049_2926, 0x0025_2A27, 0x0015_2B28, 0x0009_2C29, 0x0005_2D2A, 0x0001_2D2B, 0x5601_2E2E,
    ];

    /// <summary>Begins a codeword, which <see cref="Terminator"/> follows in <paramref name="data"/> (INITDEC).</summary>
    public static MqDecoder Start(ReadOnlySpan<byte> data)
    {
        MqDecoder decoder = new() { _c = (uint)data[0] << 16, _a = 0x8000 };
        decoder.ReadByte(data);
        decoder._c <<= 7;
        decoder._shifts -= 7;
        return decoder;
    }

    /// <summary>Decodes one decision (DECODE, with the exchanges and the renormalisation).</summary>
    /// <param name="decoder">Where it is.</param>
    /// <param name="context">The state of the decision's context.</param>
    /// <param name="data">The codeword.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decode(ref MqDecoder decoder, ref byte context, ReadOnlySpan<byte> data)
    {
        uint state = States[context];
        uint qe = state >> 16;
        int decision = context & 1;
        uint a = decoder._a - qe;
        if (decoder._c >> 16 < qe)
        {
            if (a < qe)
            {
                context = (byte)(state >> 8);
            }
            else
            {
                decision ^= 1;
                context = (byte)state;
            }

            a = qe;
        }
        else
        {
            decoder._c -= qe << 16;
            if ((a & 0x8000) != 0)
            {
                decoder._a = a;
                return decision;
            }

            if (a < qe)
            {
                decision ^= 1;
                context = (byte)state;
            }
            else
            {
                context = (byte)(state >> 8);
            }
        }

        int shift = BitOperations.LeadingZeroCount(a) - 16;
        decoder._a = a << shift;
        if (shift <= decoder._shifts)
        {
            decoder._c <<= shift;
            decoder._shifts -= shift;
        }
        else
        {
            decoder = ShiftIn(decoder, shift, data);
        }

        return decision;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MqDecoder ShiftIn(MqDecoder decoder, int shift, ReadOnlySpan<byte> data)
    {
        while (shift > 0)
        {
            if (decoder._shifts == 0)
                decoder.ReadByte(data);
            int step = Math.Min(shift, decoder._shifts);
            decoder._c <<= step;
            decoder._shifts -= step;
            shift -= step;
        }

        return decoder;
    }

    /// <summary>BYTEIN.</summary>
    private void ReadByte(ReadOnlySpan<byte> data)
    {
        uint next = data[_position + 1];
        if (data[_position] != 0xFF)
        {
            _position++;
            _c += next << 8;
            _shifts = 8;
        }
        else if (next > 0x8F)
        {
            _c += 0xFF00;
            _shifts = 8;
        }
        else
        {
            _position++;
            _c += next << 9;
            _shifts = 7;
        }
    }

    private static uint[] MakeStates()
    {
        uint[] states = new uint[256];
        for (int i = 0; i < ProbabilityTable.Length; i++)
        {
            uint row = ProbabilityTable[i];
            uint nextMps = (row >> 8) & 0xFF, nextLps = row & 0x7F, exchanges = (row >> 7) & 1;
            for (uint mps = 0; mps < 2; mps++)
                states[2 * i + (int)mps] = (row & 0xFFFF_0000) | (nextMps << 1 | mps) << 8 | nextLps << 1 | (mps ^ exchanges);
        }

        return states;
    }
}

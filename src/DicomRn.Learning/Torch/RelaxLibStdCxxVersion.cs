using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

// A build task, compiled by MSBuild from Torch.targets and not part of the DicomRn.Learning assembly.
//
// TorchSharp's Linux library refers to std::ios_base_library_init(), a marker that GCC 13 emits to ask for a libstdc++ that
// initialises the iostreams itself; calling it does nothing. It is the only symbol that needs GLIBCXX_3.4.32. In a copy,
// the reference is given to sched_yield of libc (no arguments, always there, no effect) without a version, and the demand
// for the version becomes one for GLIBCXX_3.4, which every libstdc++.so.6 has (ELF gABI; LSB 10.7, symbol versioning).
public sealed class RelaxLibStdCxxVersion : Task
{
    private const string Marker = "_ZSt21ios_base_library_initv";
    private const string Harmless = "sched_yield";
    private const string Unwanted = "GLIBCXX_3.4.32";
    private const string Base = "GLIBCXX_3.4";

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        byte[] image = File.ReadAllBytes(Source);
        try
        {
            Relax(image);
        }
        catch (InvalidDataException e)
        {
            Log.LogError("{0}: {1}", Source, e.Message);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        // Another build may be reading, or have hard links to, the file that this one replaces.
        string temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, image);
        if (File.Exists(Destination))
            File.Delete(Destination);
        File.Move(temporary, Destination);
        return true;
    }

    private static void Relax(byte[] image)
    {
        if (image.Length < 64 || image[0] != 0x7F || image[1] != 'E' || image[2] != 'L' || image[3] != 'F' || image[4] != 2 || image[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        Dictionary<uint, Section> sections = Sections(image);
        if (!sections.TryGetValue(11, out Section symbols) || !sections.TryGetValue(0x6FFFFFFF, out Section versions) ||
            !sections.TryGetValue(0x6FFFFFFE, out Section needs))
        {
            throw new InvalidDataException("no dynamic symbols with versions");
        }

        RenameMarker(image, symbols, versions);
        RelaxNeed(image, needs);
    }

    private static void RenameMarker(byte[] image, Section symbols, Section versions)
    {
        for (int n = 0; n < symbols.Size / 24; n++)
        {
            int name = symbols.Strings + (int)BitConverter.ToUInt32(image, symbols.Offset + n * 24);
            if (Text(image, name) != Marker)
                continue;
            Write(image, name, Harmless);
            image[versions.Offset + n * 2] = 1;
            image[versions.Offset + n * 2 + 1] = 0;
        }
    }

    private static void RelaxNeed(byte[] image, Section needs)
    {
        for (int need = needs.Offset; ;)
        {
            int auxiliary = need + (int)BitConverter.ToUInt32(image, need + 8);
            for (int count = BitConverter.ToUInt16(image, need + 2); count > 0; count--)
            {
                int name = needs.Strings + (int)BitConverter.ToUInt32(image, auxiliary + 8);
                if (Text(image, name) == Unwanted)
                {
                    Write(image, name, Base);
                    BitConverter.GetBytes(Hash(Base)).CopyTo(image, auxiliary);
                }

                auxiliary += (int)BitConverter.ToUInt32(image, auxiliary + 12);
            }

            int next = (int)BitConverter.ToUInt32(image, need + 12);
            if (next == 0)
                return;
            need += next;
        }
    }

    private static Dictionary<uint, Section> Sections(byte[] image)
    {
        int table = (int)BitConverter.ToUInt64(image, 40);
        int size = BitConverter.ToUInt16(image, 58), count = BitConverter.ToUInt16(image, 60);
        Dictionary<uint, Section> sections = new Dictionary<uint, Section>();
        for (int n = 0; n < count; n++)
        {
            int header = table + n * size;
            int strings = table + (int)BitConverter.ToUInt32(image, header + 40) * size;
            sections[BitConverter.ToUInt32(image, header + 4)] = new Section
            {
                Offset = (int)BitConverter.ToUInt64(image, header + 24),
                Size = (int)BitConverter.ToUInt64(image, header + 32),
                Strings = (int)BitConverter.ToUInt64(image, strings + 24),
            };
        }

        return sections;
    }

    private static string Text(byte[] image, int offset)
    {
        int end = Array.IndexOf(image, (byte)0, offset);
        return Encoding.ASCII.GetString(image, offset, end - offset);
    }

    private static void Write(byte[] image, int offset, string shorter)
    {
        int end = Array.IndexOf(image, (byte)0, offset);
        Array.Clear(image, offset, end - offset);
        Encoding.ASCII.GetBytes(shorter).CopyTo(image, offset);
    }

    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private struct Section
    {
        public int Offset;
        public int Size;
        public int Strings;
    }
}

using System.Text;
using DicomRn.Dicom.IO;
using DicomRn.Dicom.IO.Reader;

namespace DicomRn.Dicom;

public partial class DicomFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="fileName">Path.</param>
    /// <param name="readOption">What to do with large values.</param>
    /// <param name="largeObjectSize">Values of more bytes are large; 64 KiB where 0.</param>
    /// <exception cref="DicomFileException">
    /// It is not there, no DICOM file, or damaged; the message names the file and the byte, <see cref="DicomFileException.File"/>
    /// has what could be read.
    /// </exception>
    public static DicomFile Open(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Open(fileName, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <param name="fileName">Path.</param>
    /// <param name="fallbackEncoding">The encoding of text where the file names none.</param>
    /// <param name="stop">Ends reading before an element when it answers true.</param>
    /// <param name="readOption">What to do with large values.</param>
    /// <param name="largeObjectSize">Values of more bytes are large; 64 KiB where 0.</param>
    /// <inheritdoc cref="Open(string, FileReadOption, int)" />
    public static DicomFile Open(
        string fileName,
        Encoding fallbackEncoding,
        Func<ParseState, bool>? stop = null,
        FileReadOption readOption = FileReadOption.Default,
        int largeObjectSize = 0)
    {
        DicomFile file = new() { File = new FileReference(fileName) };
        try
        {
            using FileStream stream = new(fileName, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            Read(new DicomInput(stream, fileName, fileName, DicomReadLimits.Default), file, fallbackEncoding, stop, readOption, largeObjectSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomFileException(file, $"{fileName}: cannot be read: {e.Message}", e);
        }

        return file;
    }

    /// <summary>Reads a file from a stream; large values are read later only where it can seek, and it must then stay open.</summary>
    /// <exception cref="DicomFileException">It is no DICOM file, or damaged.</exception>
    public static DicomFile Open(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Open(stream, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <inheritdoc cref="Open(Stream, FileReadOption, int)" />
    public static DicomFile Open(
        Stream stream,
        Encoding fallbackEncoding,
        Func<ParseState, bool>? stop = null,
        FileReadOption readOption = FileReadOption.Default,
        int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        DicomFile file = new();
        string name = stream is FileStream { Name: { Length: > 0 } path } ? path : "stream";
        Read(new DicomInput(stream, null, name, DicomReadLimits.Default), file, fallbackEncoding, stop, readOption, largeObjectSize);
        return file;
    }

    /// <inheritdoc cref="Open(string, FileReadOption, int)" />
    public static Task<DicomFile> OpenAsync(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Task.Run(() => Open(fileName, readOption, largeObjectSize));

    /// <inheritdoc cref="Open(string, Encoding, Func{ParseState, bool}, FileReadOption, int)" />
    public static Task<DicomFile> OpenAsync(
        string fileName,
        Encoding fallbackEncoding,
        Func<ParseState, bool>? stop = null,
        FileReadOption readOption = FileReadOption.Default,
        int largeObjectSize = 0) =>
        Task.Run(() => Open(fileName, fallbackEncoding, stop, readOption, largeObjectSize));

    /// <inheritdoc cref="Open(Stream, FileReadOption, int)" />
    public static Task<DicomFile> OpenAsync(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        OpenAsync(stream, DicomEncoding.Default, null, readOption, largeObjectSize);

    /// <inheritdoc cref="Open(Stream, FileReadOption, int)" />
    public static async Task<DicomFile> OpenAsync(
        Stream stream,
        Encoding fallbackEncoding,
        Func<ParseState, bool>? stop = null,
        FileReadOption readOption = FileReadOption.Default,
        int largeObjectSize = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
            return await Task.Run(() => Open(stream, fallbackEncoding, stop, readOption, largeObjectSize));
        MemoryStream memory = new();
        await stream.CopyToAsync(memory);
        memory.Position = 0;
        return Open(memory, fallbackEncoding, stop, readOption, largeObjectSize);
    }

    /// <summary>Whether a file has the preamble and the prefix DICM.</summary>
    public static bool HasValidHeader(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            byte[] head = new byte[132];
            return stream.ReadAtLeast(head, 132, throwOnEndOfStream: false) == 132 && head.AsSpan(128).SequenceEqual("DICM"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Read(
        DicomInput input,
        DicomFile file,
        Encoding fallbackEncoding,
        Func<ParseState, bool>? stop,
        FileReadOption readOption,
        int largeObjectSize)
    {
        file.Dataset.InheritCharacterSet(DicomCharacterSet.Of([fallbackEncoding]));
        file.Dataset.ValidateItems = false;
        DicomReadSettings settings = new()
        {
            Option = readOption == FileReadOption.Default ? FileReadOption.ReadLargeOnDemand : readOption,
            LargeObjectSize = largeObjectSize > 0 ? largeObjectSize : DicomReadSettings.DefaultLargeObjectSize,
            Stop = stop,
        };
        DicomFileReader.Read(input, settings, file);
        file.Dataset.ValidateItems = true;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>A program that reads the headers of the files in a list and prints the microseconds that one took.</summary>
internal sealed class ExternalParser
{
    // Both read the list once to be warm, then once against the clock, and print microseconds per file.
    private const string PydicomScript =
        """
        import sys, time, pydicom
        files = open(sys.argv[1], encoding='utf-8').read().splitlines()
        for name in files[:100]:
            pydicom.dcmread(name, stop_before_pixels=True)
        begin = time.perf_counter()
        for name in files:
            pydicom.dcmread(name, stop_before_pixels=True)
        print((time.perf_counter() - begin) / len(files) * 1e6)
        """;

    private const string DcmtkSource =
        """
        #include <dcmtk/config/osconfig.h>
        #include <dcmtk/dcmdata/dctk.h>
        #include <chrono>
        #include <cstdio>
        #include <fstream>
        #include <string>
        #include <vector>

        static void parse(const std::vector<std::string> &files)
        {
            for (const std::string &name : files)
            {
                DcmFileFormat file;
                file.loadFileUntilTag(name.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData);
            }
        }

        int main(int, char **arguments)
        {
            OFLog::configure(OFLogger::FATAL_LOG_LEVEL);
            std::vector<std::string> files;
            std::ifstream list(arguments[1]);
            for (std::string name; std::getline(list, name);)
                files.push_back(name);
            parse(files);
            auto begin = std::chrono::steady_clock::now();
            parse(files);
            std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - begin;
            std::printf("%f\n", time.count() / files.size());
        }
        """;

    private readonly string _program;
    private readonly string[] _arguments;

    private ExternalParser(string name, string program, string[] arguments, string? missing)
    {
        Name = name;
        Missing = missing;
        _program = program;
        _arguments = arguments;
    }

    /// <summary>pydicom of the system's interpreter (Debian package python3-pydicom).</summary>
    public static ExternalParser Pydicom { get; } = new(
        "pydicom", "/usr/bin/python3", ["-c", PydicomScript], Directory.Exists("/usr/lib/python3/dist-packages/pydicom") ? null : "python3-pydicom is not installed");

    public string Name { get; }

    /// <summary>What is missing; null where it can be run.</summary>
    public string? Missing { get; }

    public bool IsThere => Missing is null;

    /// <summary>DCMTK in a program of its own, compiled into a folder (Debian packages g++ and libdcmtk-dev).</summary>
    public static async Task<ExternalParser> DcmtkAsync(string folder, CancellationToken cancellationToken)
    {
        string source = Path.Combine(folder, "parse.cc"), program = Path.Combine(folder, "parse");
        await File.WriteAllTextAsync(source, DcmtkSource, cancellationToken);
        string? fault;
        try
        {
            (int status, _) = await RunAsync("g++", ["-O2", source, "-o", program, "-ldcmdata", "-loflog", "-lofstd"], cancellationToken);
            fault = status == 0 ? null : "it did not compile; libdcmtk-dev is not installed";
        }
        catch (Win32Exception)
        {
            fault = "g++ is not installed";
        }

        return new ExternalParser("DCMTK in process", program, [], fault);
    }

    /// <summary>Microseconds per file.</summary>
    public async Task<double> ParseAsync(string list, CancellationToken cancellationToken)
    {
        (int status, string output) = await RunAsync(_program, [.. _arguments, list], cancellationToken);
        return status == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"{Name} ended with status {status}.");
    }

    private static async Task<(int Status, string Output)> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await errors;
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output);
    }
}

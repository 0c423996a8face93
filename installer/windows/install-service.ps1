#Requires -RunAsAdministrator
<#
.SYNOPSIS
Installs or updates a DicomRn node as a Windows service.
.PARAMETER Source
The published folder (see installer/README.md).
.PARAMETER Target
Where the program goes.
.PARAMETER Data
Where settings, state and files go.
#>
param(
    [Parameter(Mandatory)] [string] $Source,
    [string] $Target = "$env:ProgramFiles\DicomRn",
    [string] $Data = "$env:ProgramData\DicomRn"
)
$ErrorActionPreference = 'Stop'
$name = 'DicomRn'
$account = "NT SERVICE\$name"

if (-not (Test-Path (Join-Path $Source 'dicomrn.exe'))) {
    throw "$Source holds no dicomrn.exe; see installer/README.md for how to publish."
}

$service = Get-Service -Name $name -ErrorAction SilentlyContinue
$wasRunning = $service -and $service.Status -eq 'Running'
if ($wasRunning) { Stop-Service -Name $name }

New-Item -ItemType Directory -Force -Path $Target, $Data | Out-Null
Copy-Item -Path (Join-Path $Source '*') -Destination $Target -Recurse -Force
$settings = Join-Path $Data 'appsettings.json'
if (-not (Test-Path $settings)) { Copy-Item (Join-Path $Target 'appsettings.json') $settings }

$files = Join-Path $Data 'data'
$command = '"{0}" serve --config "{1}" --set "Node:DataDirectory={2}"' -f (Join-Path $Target 'dicomrn.exe'), $settings, $files
if ($service) {
    & sc.exe config $name binPath= $command | Out-Null
} else {
    New-Service -Name $name -BinaryPathName $command -DisplayName 'DicomRn node' -StartupType Automatic `
        -Description 'Classifies lesions in post-radiosurgery brain MRI. Research use.' | Out-Null
    & sc.exe config $name obj= $account | Out-Null
}
if ($LASTEXITCODE -ne 0) { throw "sc.exe failed with $LASTEXITCODE." }
& sc.exe failure $name reset= 86400 actions= restart/5000/restart/5000/restart/60000 | Out-Null
# The service's own account, administrators and the system; nobody else sees patient data.
& icacls.exe $Data /inheritance:r /grant:r "${account}:(OI)(CI)M" 'BUILTIN\Administrators:(OI)(CI)F' 'NT AUTHORITY\SYSTEM:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls.exe failed with $LASTEXITCODE." }

if ($wasRunning) { Start-Service -Name $name }
Write-Output "Installed. Edit $settings, then:"
Write-Output "  & '$(Join-Path $Target 'dicomrn.exe')' check --config '$settings' --set 'Node:DataDirectory=$files'"
Write-Output "  Start-Service $name"

#!/bin/sh
# Chooses which Pulumi the solution compiles against, the published packages or offline/,
# and remembers it in .pulumi-sdk.props until the NuGet configuration or the versions change.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
choice_file=$root/.pulumi-sdk.props
limit=${PULUMI_SDK_PROBE_SECONDS:-20}

say() { printf '%s\n' "$1" >&2; }

case ${PulumiSdk:-} in
    nuget | offline) exit 0 ;;
    '') ;;
    *)
        say "PulumiSdk is '$PulumiSdk': set it to nuget or offline, or unset it."
        exit 2
        ;;
esac

version_of() {
    sed -n 's/.*<PackageVersion Include="'"$1"'" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props"
}

# The files that NuGet reads for a project here: the machine's, the user's, and each folder's from the top down to here.
configs() {
    for file in /etc/opt/NuGet/Config/*.[Cc]onfig \
        "${DOTNET_CLI_HOME:-$HOME}"/.nuget/NuGet/*.[Cc]onfig "${DOTNET_CLI_HOME:-$HOME}"/.nuget/config/*.[Cc]onfig \
        "${XDG_CONFIG_HOME:-$HOME/.config}"/NuGet/*.[Cc]onfig; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
    folder=$root
    while :; do
        for file in "$folder"/[Nn]u[Gg]et.[Cc]onfig; do
            [ ! -f "$file" ] || printf '%s\n' "$file"
        done
        [ -n "$folder" ] || break
        folder=${folder%/*}
    done
}

fingerprint() {
    {
        printf '%s\n' "$pulumi" "$docker"
        env | grep '^NUGET_' | sort
        configs | while IFS= read -r file; do
            printf '%s\n' "$file"
            cat "$file"
        done
    } | cksum
}

is_installed() { [ -f "${NUGET_PACKAGES:-$HOME/.nuget/packages}/$1/$2/.nupkg.metadata" ]; }
are_installed() { is_installed pulumi "$pulumi" && is_installed pulumi.docker "$docker"; }

# A choice of offline ends by itself when the packages have arrived in the meantime.
is_still_good() {
    [ -f "$choice_file" ] || return 1
    remembered=$(cat "$choice_file")
    case $remembered in
        *"<PulumiSdk>nuget</PulumiSdk>"*) ;;
        *"<PulumiSdk>offline</PulumiSdk>"*) ! are_installed || return 1 ;;
        *) return 1 ;;
    esac
    case $remembered in
        *"<PulumiSdkMadeFor>$(fingerprint)</PulumiSdkMadeFor>"*) ;;
        *) return 1 ;;
    esac
}

with_limit() {
    if command -v timeout >/dev/null; then
        timeout -k 2 "$limit" "$@"
    else
        perl -e 'alarm shift; exec @ARGV' "$limit" "$@"
    fi
}

# Restores both packages for a project that is thrown away; the repository's own nuget.config counts, its build files do not.
restore() {
    cat >"$scratch/probe.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RestoreRootConfigDirectory>$root</RestoreRootConfigDirectory>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Pulumi" Version="[$pulumi]" />
    <PackageReference Include="Pulumi.Docker" Version="[$docker]" />
  </ItemGroup>
</Project>
PROJECT
    (
        cd "$root"
        NUGET_ENABLE_ENHANCED_HTTP_RETRY=true NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 \
            NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS=100 MSBUILDDISABLENODEREUSE=1 \
            with_limit dotnet restore "$scratch/probe.csproj" --verbosity quiet -m:1 \
            -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false
    ) </dev/null >"$scratch/log" 2>&1
}

probe() {
    packages="Pulumi $pulumi and Pulumi.Docker $docker"
    if are_installed; then
        choice=nuget why="$packages are already on this machine"
        return
    fi
    status=0
    restore || status=$?
    case $status in
        0) choice=nuget why="NuGet restored $packages" ;;
        124 | 137 | 142) choice=offline why="NuGet did not restore $packages within $limit s" ;;
        *)
            choice=offline why="NuGet cannot restore $packages"
            code=$(sed -n 's/.*error \(NU[0-9]*\).*/\1/p' "$scratch/log" | head -n 1)
            why="$why${code:+: $code}"
            ;;
    esac
}

remember() {
    # The fingerprint of afterwards: a first restore writes the user's NuGet configuration.
    cat >"$draft" <<CHOICE
<Project>
  <!-- Written by offline/choose.sh; delete this file to choose again. -->
  <PropertyGroup>
    <PulumiSdk>$choice</PulumiSdk>
    <PulumiSdkMadeFor>$(fingerprint)</PulumiSdkMadeFor>
  </PropertyGroup>
</Project>
CHOICE
    chmod 644 "$draft"
    mv -f "$draft" "$choice_file"
}

pulumi=$(version_of Pulumi)
docker=$(version_of Pulumi.Docker)
if is_still_good; then exit 0; fi

if ! command -v dotnet >/dev/null; then
    say 'dotnet is not on the PATH: install the .NET SDK that global.json names.'
    exit 2
fi

scratch=$(mktemp -d)
# Beside its goal, so that the move is atomic; in the scratch folder it might be on another file system.
draft=$(mktemp "$choice_file.XXXXXX")
trap 'rm -rf "$scratch" "$draft"' EXIT
trap 'exit 130' HUP INT TERM

probe
remember
say "Pulumi comes from $choice: $why. (PulumiSdk=nuget or PulumiSdk=offline decides otherwise.)"

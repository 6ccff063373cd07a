# The ways in which each tool can come here, one function a way, and the names that publishers give to this machine.
# Read by fetch.sh. The order in which they are tried stands in ./tracker.
# shellcheck shell=bash disable=SC2154 # $work, $wanted and the versions are set by those who read this

# Opens a way: names it, and declines when a command that it needs is not here.
way() { # origin command…
  local need
  origin=$1
  shift
  for need in "$@"; do
    has "$need" && continue
    echo "$need is not installed"
    return "$ABSENT"
  done
  say "getting $wanted from $origin"
}

bun_from_npm() {
  way npm npm || return
  local package
  # The package called bun holds only a placeholder until its install script has run, and npm 11 runs none.
  package=@oven/bun-$(bun_platform) &&
    bounded 300 npm install --prefix "$work" --ignore-scripts --no-save --no-package-lock --no-audit --no-fund \
      --fetch-timeout=30000 --fetch-retries=1 --loglevel=error "$package@$bun_version" &&
    mv "$work/node_modules/$package/bin/bun" "$work/program"
}

bun_from_github() {
  way 'its GitHub release' || return
  local name
  name=bun-$(bun_platform) &&
    release oven-sh/bun "bun-v$bun_version" "$name.zip" SHASUMS256.txt && unpack_zip "$work/$name.zip" "$name/bun"
}

nats_server_from_github() {
  way 'its GitHub release' || return
  local name
  name=nats-server-v$NATS_SERVER_VERSION-$(go_platform) &&
    release nats-io/nats-server "v$NATS_SERVER_VERSION" "$name.tar.gz" SHA256SUMS &&
    tar -xzf "$work/$name.tar.gz" -C "$work" && mv "$work/$name/nats-server" "$work/program"
}

nats_server_from_go() {
  way 'its source, with Go (about a minute)' go || return
  bounded 900 env GOBIN="$work" GOWORK=off CGO_ENABLED=0 \
    go install "github.com/nats-io/nats-server/v2@v$NATS_SERVER_VERSION" && mv "$work/nats-server" "$work/program"
}

nats_server_from_debian() {
  way "Debian's pool" apt-get dpkg-deb || return
  list_debian && unpack_from_debian nats-server && mv "$work"/debian/usr/*bin/nats-server "$work/program"
}

# Debian's stable releases have older programs, its unstable one current ones. Packages are only unpacked, and apt gets lists of
# its own, so that the machine's stay as they are. Debian's signature is required; that the mirror is fresh is not, as whatever is
# new enough will do.
list_debian() {
  local keys=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  # The mirror that this machine uses already; every Debian mirror has all of Debian's releases.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 -E '/debian/?$') ||
    { echo "no Debian mirror is among this machine's package sources" && return 1; }
  [ -r $keys ] || { echo "Debian's archive keys are not on this machine" && return 1; }
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  echo "deb [signed-by=$keys] $mirror sid main" >"$work/sources.list"
  apt get update
}

unpack_from_debian() { # package…
  local archive
  (cd "$work" && apt get download "$@") || return
  for archive in "$work"/*.deb; do dpkg-deb -x "$archive" "$work/debian" || return; done
}

apt() { # get|cache arguments…
  bounded 300 "apt-$1" -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State::Lists="$work/lists" \
    -o Dir::Cache="$work" -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=1 \
    -o Acquire::Check-Valid-Until=false -o Acquire::http::Timeout=20 "${@:2}"
}

nats_cli_from_github() {
  way 'its GitHub release' || return
  local name
  name=nats-$NATS_CLI_VERSION-$(go_platform) &&
    release nats-io/natscli "v$NATS_CLI_VERSION" "$name.zip" SHA256SUMS && unpack_zip "$work/$name.zip" "$name/nats"
}

nats_cli_from_go() {
  way 'its source, with Go (about a minute)' go || return
  build_nats_cli go
}

# Go and all that it fetches is used this once and not kept: whatever the work folder holds goes when the work is done.
nats_cli_from_debian() {
  way "its source, with Go from Debian's pool (a few minutes)" apt-get dpkg-deb || return
  local package version
  list_debian && package=$(apt cache depends golang-go | grep -o -m 1 -E 'golang-[0-9.]+-go') || return
  version=${package%-go}
  unpack_from_debian "$package" "$version-src" || return
  (
    export GOPATH=$work/go GOCACHE=$work/go-build GOFLAGS=-modcacherw
    build_nats_cli "$work/debian/usr/lib/go-${version#golang-}/bin/go"
  )
}

# `go install` would ask the module proxy for the deprecation notices of every version, which some proxies refuse to list.
build_nats_cli() { # go
  printf 'module tracker/tools\n\nrequire github.com/nats-io/natscli v%s\n' "$NATS_CLI_VERSION" >"$work/go.mod"
  (cd "$work" && bounded 900 env GOWORK=off CGO_ENABLED=0 "$1" build -mod=mod -o program github.com/nats-io/natscli/nats)
}

# As in the names of bun's packages and archives: linux-x64, linux-aarch64-musl, darwin-x64-baseline, …
bun_platform() {
  local platform variant=''
  platform=$(go_platform) || return
  case $platform in linux-*) ! ldd --version 2>&1 | grep -qi musl || variant=-musl ;; esac
  case $platform in
  *-arm64) printf '%s-aarch64%s' "${platform%-*}" "$variant" ;;
  *)
    has_avx2 || variant=$variant-baseline
    printf '%s-x64%s' "${platform%-*}" "$variant"
    ;;
  esac
}

has_avx2() { { grep -qw avx2 /proc/cpuinfo || sysctl -n machdep.cpu.leaf7_features | grep -qw AVX2; } 2>/dev/null; }

# As in the names of the releases that Go built: linux-amd64, darwin-arm64.
go_platform() {
  local system processor
  system=$(uname -s) processor=$(uname -m)
  case $system in
  Linux) system=linux ;;
  Darwin)
    system=darwin
    [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" != 1 ] || processor=arm64 # a shell under Rosetta
    ;;
  esac
  case $system-$processor in
  linux-x86_64 | darwin-x86_64 | linux-amd64) printf '%s' "$system-amd64" ;;
  linux-aarch64 | linux-arm64 | darwin-arm64) printf '%s' "$system-arm64" ;;
  *)
    echo "there is no build for $system on $processor, only for Linux and macOS on x86-64 and arm64" >&2
    return 1
    ;;
  esac
}

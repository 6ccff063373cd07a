# How ./tracker gets what is missing. Read by it, not run.
#
# A tool has several ways to come here (ways.sh). A way leaves the program at $work/program and its chatter in a
# log; one that fails is named with its reason, and the next is tried. What is finished appears by one rename.
# shellcheck shell=bash disable=SC2154 # $root, $cache and $bun are set by ./tracker

readonly ABSENT=3 # a way's answer where a command that it needs is not here: no failure worth a line
readonly LOCK_SECONDS_MAX=1800
work=$cache/work

# shellcheck source=ways.sh
source "$root/services/commands/launcher/ways.sh"

# Puts a program at TARGET in the first way that yields one whose version FITS. If none does, `tried` lists why, line by line.
obtain() { # name target fits way…
  local attempt status reason target=$2 fits=$3
  wanted=$1 tried=''
  shift 3
  take_lock
  [ ! -x "$target" ] || return 0 # whoever held the lock before us fetched it
  for attempt in "$@"; do
    empty_work
    status=0
    "$attempt" >"$work/log" 2>&1 || status=$?
    if [ $status -eq 0 ] && accept "$fits" >>"$work/log" 2>&1; then
      mkdir -p "$(dirname "$target")"
      mv -f "$work/program" "$target"
      return 0
    fi
    reason=$(reason_in "$work/log")
    [ $status -eq $ABSENT ] || say "  did not work: ${reason:-no reason given}"
    tried="$tried
  - $origin: ${reason:-no reason given}"
  done
  return 1
}

# What a person wants to know of a log: npm says "reason:" or "code", the others say it last.
reason_in() { # log
  local line
  line=$(grep -m 1 'failed, reason: ' "$1" || grep -m 1 '^npm error code' "$1" || grep -v '^[[:space:]]*$' "$1" | tail -n 1 || true)
  printf '%.200s' "$line"
}

accept() { # fits
  local version
  chmod 755 "$work/program" || return
  version=$(version_of "$work/program") || { echo 'what came does not run on this machine' && return 1; }
  "$1" "$version" || { echo "what came is version $version" && return 1; }
}

install_locked_packages() {
  take_lock
  ! packages_are_installed || return 0 # whoever held the lock before us installed them
  empty_work
  package_files >"$work/installed"
  rm -f "$cache/installed" # until it is back, an install that was cut off is done again
  say 'installing the locked packages (bun install --frozen-lockfile)'
  if ! (cd "$root" && bounded 900 "$bun" install --frozen-lockfile) >"$work/log" 2>&1; then
    tail -n 5 "$work/log" >&3
    die "$EXIT_FAILED" 'cannot install the locked packages (bun says why, above). Is the npm registry within reach?'
  fi
  mv -f "$work/installed" "$cache/installed"
}

# Two launchers may start at once in a fresh clone; the second waits for what the first fetches. The lock is a symlink
# that points at its owner's process id, since that is made in one step and can be seen to be left over.
take_lock() {
  local seconds owner
  [ -z "$lock" ] || return 0
  mkdir -p "$cache" || die "$EXIT_FAILED" "cannot write to $cache"
  for ((seconds = 0; seconds < LOCK_SECONDS_MAX; seconds++)); do
    if ln -s $$ "$cache/lock" 2>/dev/null; then
      lock=$cache/lock
      trap release_lock EXIT
      trap 'exit 130' INT TERM HUP
      return 0
    fi
    owner=$(readlink "$cache/lock" || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$cache/lock"
      continue
    fi
    [ "$seconds" -gt 0 ] || say "waiting for another ./tracker (process ${owner:-unknown}), which is fetching what is missing"
    sleep 1
  done
  die "$EXIT_FAILED" "another ./tracker (process $owner) has held .cache/lock for half an hour: stop it, or remove that file"
}

release_lock() {
  rm -rf "$work" "$lock"
  lock=
  trap - EXIT
}

empty_work() {
  rm -rf "$work"
  mkdir -p "$work"
}

# Downloads an asset of a GitHub release and compares it with the checksum file of the same release. That is proof against
# damage and a cut-off transfer, and no stronger than GitHub's own word. TRACKER_GITHUB_URL lets a mirror stand in.
release() { # repository tag asset checksums
  local url=${TRACKER_GITHUB_URL:-https://github.com}/$1/releases/download/$2 expected='' sum name actual
  download "$url/$4" "$work/$4" && download "$url/$3" "$work/$3" || return
  while read -r sum name; do
    [ "${name#\*}" != "$3" ] || expected=$sum
  done <"$work/$4"
  actual=$(sha256 "$work/$3") || return
  [ -n "$expected" ] && [ "$expected" = "$actual" ] && return
  echo "the SHA-256 of $3 is $actual, but $4 says ${expected:-nothing about it}"
  return 1
}

download() { # url file
  if has curl; then
    curl --fail --silent --show-error --location --proto-redir =https --connect-timeout 10 --speed-limit 1000 \
      --speed-time 30 --max-time 900 --retry 1 --output "$2" "$1"
  elif has wget; then
    wget -nv --timeout=30 --tries=2 -O "$2" "$1"
  else
    echo 'neither curl nor wget is installed'
    return $ABSENT
  fi
}

has() { command -v "$1" >/dev/null 2>&1; }

sha256() {
  local line
  if has sha256sum; then set -- sha256sum "$1"; else set -- shasum -a 256 "$1"; fi
  line=$("$@") && printf '%s' "${line%% *}"
}

unpack_zip() { # archive member
  if has unzip; then
    unzip -q -o "$1" "$2" -d "$work/zip" && mv "$work/zip/$2" "$work/program"
  else
    unpack_zip_with_gzip "$1" "$2" >"$work/program"
  fi
}

# A bare Debian has no unzip, but gzip inflates and checks the zip member that its input begins with. This finds the member
# through the archive's central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12 and 4.3.16.
unpack_zip_with_gzip() { # archive member
  local size entry entries at name status=0
  size=$(wc -c <"$1")
  at=$((size - 22))
  [ "$(number "$1" $at 4)" = 101010256 ] || { echo "$1 is not a zip archive" >&2 && return 1; }
  entries=$(number "$1" $((at + 10)) 2)
  at=$(number "$1" $((at + 16)) 4)
  for ((entry = 0; entry < entries && entry < 100; entry++)); do
    name=$(tail -c +$((at + 47)) "$1" 2>/dev/null | head -c "$(number "$1" $((at + 28)) 2)" || true)
    if [ "$name" = "$2" ]; then
      tail -c +$(($(number "$1" $((at + 42)) 4) + 1)) "$1" >"$work/member"
      gzip -dc <"$work/member" || status=$?
      [ $status -eq 0 ] || [ $status -eq 2 ] # 2: a warning that more members follow
      return
    fi
    at=$((at + 46 + $(number "$1" $((at + 28)) 2) + $(number "$1" $((at + 30)) 2) + $(number "$1" $((at + 32)) 2)))
  done
  echo "$2 is not in the archive" >&2
  return 1
}

# The unsigned little-endian number of COUNT bytes at OFFSET.
number() { # file offset count
  local byte value=0 shift=0
  for byte in $(od -An -v -tu1 -j "$2" -N "$3" "$1"); do
    value=$((value + (byte << shift))) shift=$((shift + 8))
  done
  printf '%s' "$value"
}

# Runs a command that might hang for at most SECONDS. macOS has no timeout(1), but both have perl.
bounded() { # seconds command…
  if has perl; then
    perl -e '
      my $seconds = shift;
      my $child = fork // die "cannot fork\n";
      if (!$child) { exec { $ARGV[0] } @ARGV or exit 127 }
      $SIG{ALRM} = sub { kill "TERM", $child; print STDERR "gave up after $seconds s\n"; exit 124 };
      alarm $seconds;
      waitpid $child, 0;
      exit($? & 127 ? 1 : $? >> 8);
    ' "$@"
  else
    "${@:2}"
  fi
}

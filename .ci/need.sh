# For scripts to source. Says which Debian packages are needed, and brings those that are missing.
missing=()

# need PACKAGE COMMAND…: the command succeeds where the package is.
need() { "${@:2}" >/dev/null 2>&1 || missing+=("$1"); }

# bring WHO: installs what is missing, as root on Debian; elsewhere says so and ends.
bring() {
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing: ${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "$1 need: ${missing[*]} (Debian's names of the packages). Install them, or run this as root on Debian." >&2
        exit 2
    fi
}

#!/bin/sh
# Installs @TITLE@ @VERSION@. The program follows the last line of this file, as a tar archive packed with xz.
set -eu
unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT CDPATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C.UTF-8
export PATH LC_ALL
umask 022

usage() {
    cat <<END
Installs @TITLE@ @VERSION@.

    sh $(basename "$0") [--user | --system] [--target DIR] [--silent]

--user      for this person, with an entry in the menu; the default where no --target is given
            (program in ~/.local/lib/@PROGRAM@, command in ~/.local/bin)
--system    for everybody, as root (program in /opt/@PROGRAM@, command in /usr/local/bin)
--target    the folder for the program; alone it makes that folder and nothing else, for a stick
--silent    say nothing unless something fails
--check     look whether this file is whole, and install nothing

An older or newer version in the same place is replaced. To remove it: sh TARGET/uninstall.sh [--silent]
Exit codes: 0 done, 1 it could not be installed (one sentence says why), 2 wrong usage.
END
}
fail() { echo "@PROGRAM@: $1" >&2; exit 1; }
wrong() { echo "@PROGRAM@: $1; --help tells the options" >&2; exit 2; }
say() { [ -n "$silent" ] || echo "$1"; }
made=
make_folder() {
    [ -d "$1" ] && return
    make_folder "$(dirname -- "$1")"
    mkdir -- "$1" 2>/dev/null || fail "$1 cannot be made"
    made="$made$1
"
}

mode= target= silent= check=
while [ $# -gt 0 ]; do
    case $1 in
        --user | --system) [ -z "$mode" ] || wrong "--user and --system exclude each other"; mode=${1#--} ;;
        --target) [ $# -gt 1 ] || wrong "--target needs a folder"; shift; target=$1; [ -n "$target" ] || wrong "--target needs a folder" ;;
        --target=?*) target=${1#--target=} ;;
        --silent) silent=1 ;;
        --check) check=1 ;;
        -h | --help) usage; exit 0 ;;
        *) wrong "$1 is no option" ;;
    esac
    shift
done
for tool in tail head tar xz sha256sum mktemp find sed grep; do
    command -v "$tool" >/dev/null || fail "$tool is missing on this system"
done
payload() { tail -c +@OFFSET@ -- "$self"; }
self=$(readlink -f -- "$0")
[ "$(payload | sha256sum | head -c 64)" = @DIGEST@ ] || fail "this file is damaged: its content does not have the digest it states"
[ -z "$check" ] || { say "This file is whole."; exit 0; }

[ -n "$mode$target" ] || mode=user
case $mode in
    user)
        [ -n "${HOME:-}" ] || fail "HOME names no folder"
        bin=$HOME/.local/bin share=${XDG_DATA_HOME:-$HOME/.local/share}
        target=${target:-$HOME/.local/lib/@PROGRAM@}
        ;;
    system)
        [ "$(id -u)" = 0 ] || fail "--system has to be run as root"
        bin=/usr/local/bin share=/usr/local/share
        target=${target:-/opt/@PROGRAM@}
        ;;
esac
case $target in /*) ;; *) target=$PWD/$target ;; esac
target=${target%/}
cd /
[ ! -L "$target" ] || target=$(readlink -f -- "$target")
[ -n "$target" ] || fail "the root folder cannot be the target"
if [ -e "$target" ] && [ ! -f "$target/installed-files.txt" ] && [ -n "$(ls -A -- "$target" 2>/dev/null || echo file)" ]; then
    fail "$target is there already and holds something else"
fi

part= old= links= swapped= placed= done=
full="it could not be unpacked: is the disk full?"
# What the person has in the folder: the mark of a portable program and its data.
move_own() {
    for own in portable data; do
        [ ! -e "$1/$own" ] || mv -- "$1/$own" "$2/$own" 2>/dev/null || return 1
    done
}
undo() {
    if [ -n "$swapped" ] && [ -d "$old" ]; then
        if [ -z "$placed" ] || { move_own "$target" "$old" && rm -rf -- "$target"; }; then mv -- "$old" "$target"; fi
    elif [ -n "$placed" ]; then
        rm -rf -- "$target"
    fi
    [ -z "$part" ] || rm -rf -- "$part"
    printf '%s' "$links" | while IFS= read -r name; do rm -f -- "$name.new"; done
    printf '%s' "$made" | sed '1!G;h;$!d' | while IFS= read -r folder; do
        rmdir -- "$folder" 2>/dev/null || :
    done
}
trap '[ -n "$done" ] || undo' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
parent=$(dirname -- "$target")
make_folder "$parent"
part=$(mktemp -d -- "$parent/.@PROGRAM@-XXXXXX" 2>/dev/null) || fail "$parent cannot be written"
old=$part.old
say "Installing @TITLE@ @VERSION@ in $target"
payload | tar -xJf - -C "$part" --no-same-owner --strip-components=1 2>/dev/null || fail "$full"
(cd "$part" && sha256sum --check --quiet FILES.sha256 >/dev/null 2>&1) || fail "what was unpacked is not what was packed"
chmod 755 "$part"

# A quoted argument of a desktop entry: backslashes are read twice there, and a percent sign begins a code.
program=$(printf '%s\n' "$target/@PROGRAM@" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
quoted=$(printf '"%s"\n' "$program" | sed 's/[\\&|]/\\&/g')
for entry in "$part"/share/applications/*.desktop; do
    { sed "s|^Exec=@PROGRAM@|Exec=$quoted|" "$entry" >"$entry.new" && mv -- "$entry.new" "$entry"; } 2>/dev/null ||
        fail "$full"
done
# All that may find a disk full or a folder closed is done before anything is changed that is there already.
if [ -n "$mode" ]; then
    links=$(cd "$part/share" && find . -type f | while IFS= read -r name; do printf '%s\n' "$share/${name#./}"; done)
    links="$links
$bin/@PROGRAM@
"
    while IFS= read -r name; do
        [ -n "$name" ] || continue
        make_folder "$(dirname -- "$name")"
        rm -f -- "$name.new"
        case $name in
            "$share"/*) cp -- "$part/share/${name#"$share"/}" "$name.new" ;;
            *) ln -s -- "$target/@PROGRAM@" "$name.new" ;;
        esac 2>/dev/null || fail "$name cannot be written"
        [ ! -d "$name" ] || fail "$name is a folder"
    done <<END
$links
END
fi
write_lists() {
    printf '%s' "$links" >"$part/installed-links.txt" && printf '%s\n' "$made" >"$part/made.new" || return 1
    [ -z "$mode" ] || printf '%s\n' "$share" >"$part/installed-share.txt" || return 1
    cat -- "$target/installed-folders.txt" "$part/made.new" 2>/dev/null | sed '/^$/d' >"$part/installed-folders.txt" || return 1
    rm -f -- "$part/made.new"
    (cd "$part" && find . ! -type d ! -name 'installed-*.txt') >"$part/installed-files.txt"
}
write_lists 2>/dev/null || fail "$full"

if [ -d "$target" ]; then
    swapped=1
    mv -- "$target" "$old" 2>/dev/null || { swapped=; fail "$target cannot be replaced: where a drive begins there, name a folder on it"; }
fi
mv -T -- "$part" "$target" 2>/dev/null || fail "$target cannot be written"
placed=1
if [ -n "$swapped" ]; then
    move_own "$old" "$target" || fail "what you keep in $target cannot be moved"
fi
done=1
printf '%s' "$links" | while IFS= read -r name; do mv -fT -- "$name.new" "$name"; done
if [ -n "$swapped" ]; then
    # Entries of the other version that this one has none of.
    [ ! -f "$old/installed-links.txt" ] || while IFS= read -r name; do
        printf '%s' "$links" | grep -qxF -- "$name" || rm -f -- "$name"
    done <"$old/installed-links.txt"
    rm -rf -- "$old" 2>/dev/null || :
fi
if [ -n "$mode" ]; then
    ! command -v update-desktop-database >/dev/null || update-desktop-database -q "$share/applications" || :
    ! command -v update-mime-database >/dev/null || update-mime-database "$share/mime" >/dev/null 2>&1 || :
fi
say "Done. Start it with: $target/@PROGRAM@"
exit 0

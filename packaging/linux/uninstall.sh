#!/bin/sh
# Removes what the installer put on this system, and nothing else: packs, notes and settings stay where they are.
set -eu
unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT CDPATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH

silent=
case ${1:-} in
    --silent) silent=1 ;;
    '') ;;
    *) echo "Usage: sh uninstall.sh [--silent]" >&2; exit 2 ;;
esac
target=$(dirname -- "$(readlink -f -- "$0")")
cd "$target"
[ -f installed-files.txt ] || { echo "$target was not installed by the installer: delete the folder" >&2; exit 1; }
[ -w "$target" ] || { echo "$target cannot be changed by you: run this as the person who installed it" >&2; exit 1; }
folders=$(sed '1!G;h;$!d' installed-folders.txt 2>/dev/null || :)
while IFS= read -r name; do rm -f -- "$name"; done <installed-links.txt
while IFS= read -r name; do rm -f -- "$name"; done <installed-files.txt
share=$(cat installed-share.txt 2>/dev/null || :)
rm -f installed-links.txt installed-files.txt installed-folders.txt installed-share.txt
find . -depth -type d -empty ! -path . ! -path './data' ! -path './data/*' -delete
cd /
gone=
rmdir -- "$target" 2>/dev/null && gone=1
# What the desktop made of our entries goes with the last of them, or is made again.
if [ -n "$share" ]; then
    if [ -z "$(ls -A -- "$share/mime/packages" 2>/dev/null)" ] && printf '%s\n' "$folders" | grep -qxF -- "$share/mime"; then
        rm -rf -- "$share/mime"
    elif command -v update-mime-database >/dev/null; then
        update-mime-database "$share/mime" >/dev/null 2>&1 || :
    fi
    if [ "$(ls -A -- "$share/applications" 2>/dev/null)" = mimeinfo.cache ]; then
        rm -f -- "$share/applications/mimeinfo.cache"
    elif command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$share/applications" 2>/dev/null || :
    fi
fi
# Folders that the installer had to make go again where nobody else uses them.
printf '%s\n' "$folders" | while IFS= read -r name; do
    [ -z "$name" ] || rmdir -- "$name" 2>/dev/null || :
done
if [ -n "$gone" ]; then
    [ -n "$silent" ] || echo "Removed: $target"
else
    [ -n "$silent" ] || echo "Removed; what you keep in $target stays."
fi

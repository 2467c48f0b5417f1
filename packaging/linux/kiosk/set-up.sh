#!/bin/sh
# Makes a reading room of this machine, or takes it back. Each step says what it did; to run it again changes nothing.
set -eu
unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT CDPATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022

account=reading-room policy= root= remove= boot=
usage() {
    cat <<'END'
Usage: sh set-up.sh [--account NAME] [--policy FILE] [--boot] [--root DIR]
       sh set-up.sh --remove [--account NAME] [--root DIR]

  --account NAME  the account that readers use (reading-room); it is made where there is none
  --policy FILE   lay this file down as the policy of the machine
  --boot          open the reading room whenever the machine starts (systemd)
  --root DIR      work on the system whose root folder is DIR: no account is made and nothing is started
  --remove        take back all of this but the account and the policy
END
}
stop() { echo "set-up.sh: $1" >&2; exit 1; }
while [ $# -gt 0 ]; do
    case $1 in
        --account | --policy | --root) [ $# -gt 1 ] || { usage >&2; exit 2; }; eval "${1#--}=\$2"; shift 2 ;;
        --boot) boot=1; shift ;;
        --remove) remove=1; shift ;;
        --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done
case $account in '' | *[!a-z0-9_-]* | [!a-z]*) stop "an account's name has small letters, digits and dashes: $account" ;; esac
kiosk=$(dirname -- "$(readlink -f -- "$0")")
[ -x "$kiosk/../jasic-desktop" ] || [ -n "$root" ] || stop "the program does not stand beside this folder: install it first"
[ -n "$remove" ] || [ ! -f "$kiosk/../FILES.sha256" ] || (cd -- "$kiosk/.." && sha256sum --check --quiet FILES.sha256) >/dev/null 2>&1 \
    || stop "a file of the program in ${kiosk%/*} is not the one that was installed: install it again"
[ -n "$root" ] || [ "$(id -u)" -eq 0 ] || stop "this changes the system: run it as root"
case $kiosk in *[!A-Za-z0-9/._-]*) stop "the program stands in a folder whose name has other signs than letters and digits: $kiosk" ;; esac

unit=$root/etc/systemd/system/jasic-desktop-kiosk.service
entry=$root/usr/share/xsessions/jasic-desktop-kiosk.desktop
xorg=$root/etc/X11/xorg.conf.d/90-jasic-desktop-kiosk.conf
cad=$root/etc/systemd/system/ctrl-alt-del.target
wants=$root/etc/systemd/system/multi-user.target.wants/jasic-desktop-kiosk.service

place() { # FILE TARGET: put a file in place, with the account and the folder filled in
    mkdir -p -- "$(dirname -- "$2")"
    sed -e "s|@ACCOUNT@|$account|g" -e "s|@KIOSK@|$kiosk|g" -- "$1" >"$2.part"
    chmod 644 -- "$2.part"
    mv -f -- "$2.part" "$2"
    echo "written: $2"
}
tell_systemd() { [ -n "$root" ] || [ ! -d /run/systemd/system ] || systemctl daemon-reload; }

if [ -n "$remove" ]; then
    [ -n "$root" ] || [ ! -d /run/systemd/system ] || systemctl disable --now jasic-desktop-kiosk.service 2>/dev/null || :
    for path in "$wants" "$unit" "$entry" "$xorg"; do
        [ ! -e "$path" ] && [ ! -L "$path" ] || { rm -f -- "$path"; echo "removed: $path"; }
    done
    [ "$(readlink -- "$cad" 2>/dev/null || :)" != /dev/null ] || { rm -f -- "$cad"; echo "removed: $cad"; }
    tell_systemd
    exit 0
fi

if [ -n "$policy" ]; then
    [ -f "$policy" ] || stop "there is no file $policy"
    mkdir -p -- "$root/etc/jasic-desktop"
    chmod 755 -- "$root/etc/jasic-desktop"
    cp -- "$policy" "$root/etc/jasic-desktop/policies.json.part"
    chmod 644 -- "$root/etc/jasic-desktop/policies.json.part"
    mv -f -- "$root/etc/jasic-desktop/policies.json.part" "$root/etc/jasic-desktop/policies.json"
    echo "written: $root/etc/jasic-desktop/policies.json"
fi
if [ -z "$root" ] && ! getent passwd "$account" >/dev/null; then
    useradd --system --user-group --home-dir "/var/lib/$account" --shell /usr/sbin/nologin "$account"
    install -d -m 700 -o "$account" -g "$account" "/var/lib/$account"
    echo "made: the account $account"
fi
place "$kiosk/session.desktop" "$entry"
place "$kiosk/xorg.conf" "$xorg"
if [ -n "$boot" ]; then
    [ -n "$root" ] || [ -x /usr/bin/xinit ] || stop "X is missing: apt-get install --yes xserver-xorg-core xserver-xorg-input-libinput xserver-xorg-legacy xinit x11-xserver-utils"
    place "$kiosk/jasic-desktop-kiosk.service" "$unit"
    mkdir -p -- "$(dirname -- "$wants")"
    ln -sf -- /etc/systemd/system/jasic-desktop-kiosk.service "$wants"
    # Three keys would start the machine anew, past the end of a session.
    [ -e "$cad" ] || [ -L "$cad" ] || { ln -s -- /dev/null "$cad"; echo "written: $cad"; }
    tell_systemd
    echo "The reading room opens when the machine starts; at once with: systemctl start jasic-desktop-kiosk"
fi

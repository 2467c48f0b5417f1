#!/bin/sh
# The X session of a reading room: the program and nothing else, started again whatever becomes of it. It says nothing
# into any log: to see what it would say, run `jasic-desktop --kiosk` by hand.
set -u
umask 077
ulimit -c 0
program=$(PATH=/usr/bin:/bin && readlink -f -- "$0") || exit 1
program=${program%/kiosk/*}/jasic-desktop
PATH=/usr/bin:/bin
export PATH
exec </dev/null >/dev/null 2>&1
# A screen that goes dark would hide the countdown.
xset s off -dpms || :
room=
trap 'trap "" TERM HUP INT; [ -z "$room" ] || kill "$room"; wait; exit 0' TERM HUP INT
while :; do
    # What the program must know of the machine; whatever else was in the environment is not for it.
    env -i PATH="$PATH" HOME="${HOME:-/}" DISPLAY="${DISPLAY:-}" XAUTHORITY="${XAUTHORITY:-${HOME:-}/.Xauthority}" \
        XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-}" DBUS_SESSION_BUS_ADDRESS="${DBUS_SESSION_BUS_ADDRESS:-}" \
        LANG="${LANG:-C.UTF-8}" "$program" --kiosk &
    room=$!
    wait "$room"
    [ $? -ne 6 ] || exit 6 # there is no display any more
    room=
    sleep 2
done

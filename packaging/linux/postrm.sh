#!/bin/sh
# What the package manager runs when the package has gone. `remove` keeps what an administrator installed for everybody,
# for it is used again with the next package; `purge` takes what the program's own commands made, and nothing else.
set -eu
if [ "${1:-}" = purge ]; then
    state=/var/lib/jasic-desktop
    rm -rf -- "$state/packs" "$state/derived" "$state/sources" "$state/library.json" "$state"/.library.json*
    rmdir -- "$state" 2>/dev/null || :
fi

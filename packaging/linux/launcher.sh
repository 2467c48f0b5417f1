#!/bin/sh
# Starts the program. What the environment says about where libraries and modules are found is not for it: what runs is
# what was installed.
unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT _MEIPASS2 _PYI_APPLICATION_HOME_DIR _PYI_ARCHIVE_FILE \
    _PYI_PARENT_PROCESS_LEVEL _PYI_LINUX_PROCESS_NAME _PYI_SPLASH_IPC PYINSTALLER_RESET_ENVIRONMENT
self=$(PATH=/usr/bin:/bin && readlink -f -- "$0") || exit 1
exec "${self%/*}/jasic-desktop.bin" "$@"

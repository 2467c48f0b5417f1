@echo off
rem The reading room, started again whatever becomes of it: what an account of readers has in place of Windows' own shell.
:again
start "" /wait "%~dp0..\jasic-desktopw.exe" --kiosk
ping -n 3 127.0.0.1 >nul
goto again

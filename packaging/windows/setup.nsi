; The installer for Windows. packaging/build_windows_setup.py gives VERSION, NUMBERS, SIZE, OUT, ICON, LICENCE and FILES,
; a list of the files in the form of four macros.
;
;     setup.exe [/S] [/CurrentUser | /AllUsers] [/D=FOLDER]        uninstall.exe [/S]
;
; Exit codes: 0 done, 1 given up by the person, 2 it could not be installed or removed.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel highest
ManifestDPIAware true
ManifestSupportedOS Win10
CRCCheck force
AllowSkipFiles off
XPStyle on
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define NAME "Jasic Desktop"
!define COMMAND "jasic-desktop"
!define WINDOW "jasic-desktopw"
!define TYPE "JasicDesktop.Pack"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define /math MEGABYTES ${SIZE} / 1024
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME} Setup"
VIAddVersionKey /LANG=0 "CompanyName" "The Jasic Desktop authors"
VIAddVersionKey /LANG=0 "LegalCopyright" "2026 The Jasic Desktop authors"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include nsDialogs.nsh
!include "${FILES}"

Var Everybody  ; 1 for all users of the machine, 0 for this person
Var Rights     ; what this person may do: Admin, Power, User or Guest
Var Given      ; the folder of /D
Var Choice     ; the button of the page
Var Stage      ; where the files are unpacked, on the disk on which they will be
Var Fresh      ; 1 where the folder was not there before

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
Page custom askForWhom takeForWhom
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE checkFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "TradChinese"

LangString FOR_WHOM ${LANG_ENGLISH} "Who is it for?"
LangString FOR_WHOM ${LANG_SIMPCHINESE} "为谁安装？"
LangString FOR_WHOM ${LANG_TRADCHINESE} "為誰安裝？"
LangString FOR_ME ${LANG_ENGLISH} "For me only"
LangString FOR_ME ${LANG_SIMPCHINESE} "仅为我安装"
LangString FOR_ME ${LANG_TRADCHINESE} "僅為我安裝"
LangString FOR_ALL ${LANG_ENGLISH} "For everybody who uses this computer"
LangString FOR_ALL ${LANG_SIMPCHINESE} "为使用这台电脑的所有人安装"
LangString FOR_ALL ${LANG_TRADCHINESE} "為使用這部電腦的所有人安裝"
LangString NO_RIGHTS ${LANG_ENGLISH} "To install it for everybody, run this as an administrator."
LangString NO_RIGHTS ${LANG_SIMPCHINESE} "要为所有人安装，请以管理员身份运行。"
LangString NO_RIGHTS ${LANG_TRADCHINESE} "要為所有人安裝，請以系統管理員身分執行。"
LangString BOTH ${LANG_ENGLISH} "/AllUsers and /CurrentUser exclude each other."
LangString BOTH ${LANG_SIMPCHINESE} "/AllUsers 与 /CurrentUser 不能同时使用。"
LangString BOTH ${LANG_TRADCHINESE} "/AllUsers 與 /CurrentUser 不能同時使用。"
LangString RUNNING ${LANG_ENGLISH} "${NAME} is running, or its folder cannot be written. Close it and try again."
LangString RUNNING ${LANG_SIMPCHINESE} "${NAME} 正在运行，或其文件夹无法写入。请关闭后重试。"
LangString RUNNING ${LANG_TRADCHINESE} "${NAME} 正在執行，或其資料夾無法寫入。請關閉後再試。"
LangString FULL ${LANG_ENGLISH} "There is not enough room on the disk, or it cannot be written. Nothing was changed."
LangString FULL ${LANG_SIMPCHINESE} "磁盘空间不足，或无法写入。未作任何更改。"
LangString FULL ${LANG_TRADCHINESE} "磁碟空間不足，或無法寫入。未作任何變更。"
LangString TAKEN ${LANG_ENGLISH} "This folder holds something else. Choose another or an empty one."
LangString TAKEN ${LANG_SIMPCHINESE} "此文件夹中有其他内容。请选择另一个或空的文件夹。"
LangString TAKEN ${LANG_TRADCHINESE} "此資料夾中有其他內容。請選擇另一個或空的資料夾。"
LangString OWN_NOTES ${LANG_ENGLISH} "Remove your own notes, packs and settings too? They cannot be brought back."
LangString OWN_NOTES ${LANG_SIMPCHINESE} "是否同时删除您自己的笔记、档案包和设置？删除后无法恢复。"
LangString OWN_NOTES ${LANG_TRADCHINESE} "是否同時刪除您自己的筆記、檔案包和設定？刪除後無法復原。"
LangString PACK ${LANG_ENGLISH} "Archive pack"
LangString PACK ${LANG_SIMPCHINESE} "档案包"
LangString PACK ${LANG_TRADCHINESE} "檔案包"

!macro fail TEXT
    MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
    SetErrorLevel 2
    Quit
!macroend

Function applyChoice
    ${If} $Everybody == 1
        SetShellVarContext all
        StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
        SetShellVarContext current
        StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
    ReadRegStr $0 SHCTX "${REMOVAL}" "InstallLocation"
    ${If} $0 != ""
        StrCpy $INSTDIR $0
    ${EndIf}
    ${If} $Given != ""
        StrCpy $INSTDIR $Given
    ${EndIf}
FunctionEnd

Function .onInit
    SetRegView 64
    StrCpy $Given $INSTDIR
    UserInfo::GetAccountType
    Pop $Rights
    StrCpy $Everybody 0
    ReadRegStr $0 HKLM "${REMOVAL}" "InstallLocation"
    ${If} $0 != ""
    ${AndIf} $Rights == "Admin"
        StrCpy $Everybody 1
    ${EndIf}
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/AllUsers" $2
    ${IfNot} ${Errors}
        ${GetOptions} $1 "/CurrentUser" $2
        ${IfNot} ${Errors}
            !insertmacro fail "$(BOTH)"
        ${EndIf}
        ${If} $Rights != "Admin"
            !insertmacro fail "$(NO_RIGHTS)"
        ${EndIf}
        StrCpy $Everybody 1
    ${Else}
        ClearErrors
        ${GetOptions} $1 "/CurrentUser" $2
        ${IfNot} ${Errors}
            StrCpy $Everybody 0
        ${EndIf}
    ${EndIf}
    Call applyChoice
    ${If} ${Silent}
        Call isFree
        ${If} $0 == 0
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${EndIf}
FunctionEnd

Function askForWhom
    ${If} $Rights != "Admin"
        Abort
    ${EndIf}
    !insertmacro MUI_HEADER_TEXT "$(FOR_WHOM)" ""
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateRadioButton} 0 10u 100% 12u "$(FOR_ME)"
    Pop $0
    ${NSD_CreateRadioButton} 0 28u 100% 12u "$(FOR_ALL)"
    Pop $Choice
    ${If} $Everybody == 1
        ${NSD_Check} $Choice
    ${Else}
        ${NSD_Check} $0
    ${EndIf}
    nsDialogs::Show
FunctionEnd

Function takeForWhom
    ${NSD_GetState} $Choice $0
    ${If} $0 == ${BST_CHECKED}
        StrCpy $Everybody 1
    ${Else}
        StrCpy $Everybody 0
    ${EndIf}
    Call applyChoice
FunctionEnd

; $0 is 1 where the folder is empty, is not there yet, or holds this program or what was left of it by an installation that
; was cut off, and 0 where it holds something else.
Function isFree
    StrCpy $0 1
    ReadRegStr $3 SHCTX "${REMOVAL}" "InstallLocation"
    ${If} ${FileExists} "$INSTDIR\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\FILES.sha256"
    ${AndIf} $3 != $INSTDIR
        FindFirst $1 $2 "$INSTDIR\*.*"
        ${DoWhile} $2 != ""
            ${If} $2 != "."
            ${AndIf} $2 != ".."
            ${AndIf} $2 != ".new"
                StrCpy $0 0
            ${EndIf}
            FindNext $1 $2
        ${Loop}
        FindClose $1
    ${ElseIf} ${FileExists} "$INSTDIR"
    ${AndIfNot} ${FileExists} "$INSTDIR\*.*"
        StrCpy $0 0
    ${EndIf}
FunctionEnd

Function checkFolder
    Call isFree
    ${If} $0 == 0
        MessageBox MB_OK|MB_ICONEXCLAMATION "$(TAKEN)" /SD IDOK
        Abort
    ${EndIf}
FunctionEnd

; A program that runs cannot be opened for writing: nothing is touched then.
!macro stopWhereRunning NAME
    ${If} ${FileExists} "$INSTDIR\${NAME}.exe"
        ClearErrors
        FileOpen $0 "$INSTDIR\${NAME}.exe" a
        ${If} ${Errors}
            !insertmacro fail "$(RUNNING)"
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

; Put what was unpacked in its place. What stands there under its name was the program's, and has been taken away; a folder
; in which somebody keeps something of their own is moved aside. What looks through new files may hold one for a moment.
!macro putInPlace NAME
    ${If} ${FileExists} "$INSTDIR\${NAME}\*.*"
        RMDir "$INSTDIR\${NAME}"
        Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.kept"
    ${EndIf}
    Delete "$INSTDIR\${NAME}"
    ClearErrors
    Rename "$Stage\${NAME}" "$INSTDIR\${NAME}"
    ${For} $2 1 40
        ${If} ${Errors}
            Sleep 250
            ClearErrors
            Rename "$Stage\${NAME}" "$INSTDIR\${NAME}"
        ${EndIf}
    ${Next}
    ${If} ${Errors}
        !insertmacro fail "$(RUNNING)"
    ${EndIf}
!macroend

; Take away what was unpacked, and the folder where it was made for that.
Function takeBack
    SetOutPath "$TEMP"
    ${If} $Stage != ""
        RMDir /r "$Stage"
    ${EndIf}
    ${If} $Fresh == 1
        RMDir "$INSTDIR"
        ${If} $Everybody == 0
            RMDir "$LOCALAPPDATA\Programs" ; only where nothing else is in it
        ${EndIf}
    ${EndIf}
FunctionEnd

; Called where a file could not be written to its end.
Function .onInstFailed
    Call takeBack
FunctionEnd

Section "-install"
    SectionIn RO
    AddSize ${SIZE}
    !insertmacro stopWhereRunning "${COMMAND}"
    !insertmacro stopWhereRunning "${WINDOW}"
    ; Everything is unpacked first: a disk that is full, or is pulled out, leaves what was there as it was.
    StrCpy $Fresh 0
    ${IfNot} ${FileExists} "$INSTDIR\*.*"
        StrCpy $Fresh 1
    ${EndIf}
    StrCpy $Stage "$INSTDIR\.new"
    RMDir /r "$Stage"
    ClearErrors
    CreateDirectory "$Stage"
    SetOverwrite try
    ${GetRoot} "$INSTDIR" $2
    ${DriveSpace} "$2\" "/D=F /S=M" $3
    ${If} ${Errors}
    ${OrIf} $3 <= ${MEGABYTES}
        SetErrors
    ${Else}
        !insertmacro MAKE_FOLDERS
        !insertmacro UNPACK_FILES
        SetOutPath "$Stage"
        WriteUninstaller "$Stage\uninstall.exe"
    ${EndIf}
    ${If} ${Errors}
        Call takeBack
        !insertmacro fail "$(FULL)"
    ${EndIf}
    SetOutPath "$TEMP"
    ; What another version put here goes now, so that nothing of it stays among the new files.
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        ExecWait '"$INSTDIR\uninstall.exe" /S /Update _?=$INSTDIR' $0
        ${If} $0 != 0
            Call takeBack
            !insertmacro fail "$(RUNNING)"
        ${EndIf}
    ${EndIf}
    !insertmacro PLACE_ALL
    !insertmacro putInPlace "uninstall.exe"
    RMDir "$Stage"
    SetOutPath "$INSTDIR"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}.exe"
    WriteRegStr SHCTX "Software\Classes\.jasicpack" "" "${TYPE}"
    WriteRegStr SHCTX "Software\Classes\${TYPE}" "" "$(PACK)"
    WriteRegStr SHCTX "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\${WINDOW}.exe,0"
    WriteRegStr SHCTX "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\${WINDOW}.exe" --archive "%1"'
    WriteRegStr SHCTX "${PATHS}\${COMMAND}.exe" "" "$INSTDIR\${COMMAND}.exe"
    WriteRegStr SHCTX "${PATHS}\${WINDOW}.exe" "" "$INSTDIR\${WINDOW}.exe"
    WriteRegStr SHCTX "${REMOVAL}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${REMOVAL}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${REMOVAL}" "DisplayIcon" "$INSTDIR\${WINDOW}.exe"
    WriteRegStr SHCTX "${REMOVAL}" "Publisher" "The Jasic Desktop authors"
    WriteRegStr SHCTX "${REMOVAL}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${REMOVAL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr SHCTX "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD SHCTX "${REMOVAL}" "EstimatedSize" ${SIZE}
    WriteRegDWORD SHCTX "${REMOVAL}" "NoModify" 1
    WriteRegDWORD SHCTX "${REMOVAL}" "NoRepair" 1
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function un.onInit
    SetRegView 64
    StrCpy $Everybody 0
    SetShellVarContext current
    ReadRegStr $0 HKLM "${REMOVAL}" "InstallLocation"
    ${If} $0 == $INSTDIR
        UserInfo::GetAccountType
        Pop $Rights
        ${If} $Rights != "Admin"
            !insertmacro fail "$(NO_RIGHTS)"
        ${EndIf}
        StrCpy $Everybody 1
        SetShellVarContext all
    ${EndIf}
FunctionEnd

Section "un.remove"
    !insertmacro stopWhereRunning "${COMMAND}"
    !insertmacro stopWhereRunning "${WINDOW}"
    !insertmacro REMOVE_FILES
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/Update" $2
    ${IfNot} ${Errors}
        SetOutPath "$TEMP"
        !insertmacro REMOVE_FOLDERS
        Return
    ${EndIf}
    RMDir /r "$INSTDIR\.new" ; where an installation was cut off
    Delete "$INSTDIR\uninstall.exe"
    SetOutPath "$TEMP"
    !insertmacro REMOVE_FOLDERS
    RMDir "$INSTDIR"
    ${If} $Everybody == 0
        RMDir "$LOCALAPPDATA\Programs" ; only where nothing else is in it
    ${EndIf}
    Delete "$SMPROGRAMS\${NAME}.lnk"
    ; Where another program or the other kind of installation has taken these over, they are its own.
    ReadRegStr $0 SHCTX "${REMOVAL}" "InstallLocation"
    ${If} $0 == $INSTDIR
        ReadRegStr $0 SHCTX "Software\Classes\.jasicpack" ""
        ${If} $0 == "${TYPE}"
            DeleteRegKey SHCTX "Software\Classes\.jasicpack"
        ${EndIf}
        DeleteRegKey SHCTX "Software\Classes\${TYPE}"
        DeleteRegKey SHCTX "${PATHS}\${COMMAND}.exe"
        DeleteRegKey SHCTX "${PATHS}\${WINDOW}.exe"
        DeleteRegKey SHCTX "${REMOVAL}"
        System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
    ${EndIf}
    ; The person's own: what can be made again goes, notes, packs and settings stay unless they say otherwise.
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${COMMAND}\Cache"
    RMDir "$LOCALAPPDATA\${COMMAND}"
    ${If} ${FileExists} "$LOCALAPPDATA\${COMMAND}\*.*"
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(OWN_NOTES)" /SD IDNO IDNO keep
        RMDir /r "$LOCALAPPDATA\${COMMAND}"
        keep:
    ${EndIf}
SectionEnd

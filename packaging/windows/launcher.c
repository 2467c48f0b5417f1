/* Starts the program in the interpreter that stands in `program` beside it. Libraries are taken from there and from the
   system alone: never from the working folder or the search path. Compiled twice: for a console, and with -DWINDOW. */
#define _WIN32_WINNT 0x0602
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*Interpreter)(int, wchar_t **);

static int fail(const wchar_t *what)
{
#ifdef WINDOW
    MessageBoxW(NULL, what, L"Jasic Desktop", MB_OK | MB_ICONERROR);
#else
    fwprintf(stderr, L"jasic-desktop: %ls\n", what);
#endif
    return 1;
}

/* The path of a file in `program`, in memory that is never given back. */
static wchar_t *inside(const wchar_t *folder, const wchar_t *name)
{
    static const wchar_t between[] = L"\\program\\";
    size_t size = wcslen(folder) + wcslen(between) + wcslen(name) + 1;
    wchar_t *path = malloc(size * sizeof *path);
    if (path != NULL) {
        wcscpy(path, folder);
        wcscat(path, between);
        wcscat(path, name);
    }
    return path;
}

static HMODULE load(const wchar_t *path)
{
    return LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
}

int wmain(int count, wchar_t **words)
{
    static wchar_t folder[32768];
    /* Isolated from the environment and the person's own Python; UTF-8 everywhere; nothing is compiled and kept. */
    static wchar_t *const fixed[] = {L"-I", L"-B", L"-X", L"utf8"};
    const int added = sizeof fixed / sizeof *fixed;
    DWORD length = GetModuleFileNameW(NULL, folder, 32767);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (length == 0 || length >= 32767 || end == NULL)
        return fail(L"the folder of the program is not known");
    *end = 0;
    wchar_t *library = inside(folder, L"python311.dll"), *stable = inside(folder, L"python3.dll");
    wchar_t *script = inside(folder, L"start.py"), *home = inside(folder, L"");
    wchar_t **all = malloc((size_t)(count + added + 2) * sizeof *all);
    if (library == NULL || stable == NULL || script == NULL || home == NULL || all == NULL)
        return fail(L"there is not enough memory");
    SetDllDirectoryW(L"");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(home);
    HMODULE python = load(library);
    if (python == NULL || load(stable) == NULL)
        return fail(L"the program is not whole; install it again");
    Interpreter run = (Interpreter)(void *)GetProcAddress(python, "Py_Main");
    if (run == NULL)
        return fail(L"the program is not whole; install it again");
    int at = 0;
    all[at++] = count > 0 ? words[0] : L"jasic-desktop";
    for (int i = 0; i < added; i++)
        all[at++] = fixed[i];
    all[at++] = script;
    for (int i = 1; i < count; i++)
        all[at++] = words[i];
    all[at] = NULL;
    return run(at, all);
}

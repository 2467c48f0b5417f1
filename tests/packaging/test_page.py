"""packaging/README.md: each command on it is run by a test or by the workflow, which says so in the same words."""

import re
from pathlib import Path

import pytest

PAGE, WORKFLOW = "tests/packaged/test_page.py", ".github/workflows/build.yml"
KIOSK = "tests/packaged/test_kiosk.py"
POLICY = "tests/e2e/test_policy.py"
DEBIAN, WINDOWS = "tests/packaged/test_debian.py", "tests/packaged/test_windows.py"
# What a command of the page has in it, and where that is run: the file, and what it has in it.
RUN = (
    ("sha256sum --check --ignore-missing SHA256SUMS", PAGE, 'told("sha256sum --check --ignore-missing SHA256SUMS")'),
    ("dpkg --verify jasic-desktop", DEBIAN, "dpkg --verify jasic-desktop"),
    ("cd /usr/lib/jasic-desktop && sha256sum", DEBIAN, "cd /usr/lib/jasic-desktop && sha256sum --check --quiet FILES"),
    ("jasic-desktop archive verify", PAGE, 'told("jasic-desktop archive verify")'),
    ("jasic-desktop self-test", PAGE, 'told("jasic-desktop self-test")'),
    ("apt-get install --yes ./jasic-desktop_VERSION", WORKFLOW, "./jasic-desktop_*_amd64.deb"),
    ("linux-x86_64.run --silent", PAGE, ".run --silent"),
    (".run --system --silent", PAGE, ".run --system --silent"),
    (".run --target DIR --silent", PAGE, 'told(".run --target DIR --silent")'),
    ("tar -xf jasic-desktop-VERSION", WORKFLOW, "tar -xf installers/jasic-desktop-*-linux-x86_64.tar.xz"),
    ("chmod +x jasic-desktop-VERSION-linux-x86_64.AppImage", WORKFLOW, "chmod +x jasic-desktop-*.AppImage"),
    ("flatpak install --user", WORKFLOW, "flatpak install --user --noninteractive ./jasic-desktop-*.flatpak"),
    ("apt-get purge --yes jasic-desktop", WORKFLOW, "apt-get purge --yes jasic-desktop"),
    ("sh ~/.local/lib/jasic-desktop/uninstall.sh", PAGE, "sh ~/.local/lib/jasic-desktop/uninstall.sh"),
    ("sh /opt/jasic-desktop/uninstall.sh", PAGE, "sh /opt/jasic-desktop/uninstall.sh"),
    ("sh DIR/uninstall.sh --silent", PAGE, 'told("sh DIR/uninstall.sh --silent")'),
    ("flatpak uninstall --user", WORKFLOW, "flatpak uninstall --user --noninteractive localhost.jasicdesktop"),
    ("(Get-FileHash", WORKFLOW, "(Get-FileHash $setup).Hash.ToLower()"),
    ("setup.exe /S /CurrentUser", WINDOWS, '"/S", "/CurrentUser"'),
    ("setup.exe /S /AllUsers", WORKFLOW, '"/CurrentUser", "/AllUsers"'),
    (r"Jasic Desktop\uninstall.exe", WINDOWS, '"uninstall.exe", "/S"'),
    ("shasum -a 256", WORKFLOW, "shasum -a 256 --check SHA256SUMS"),
    ("hdiutil attach", WORKFLOW, "hdiutil attach -quiet -nobrowse -readonly -mountpoint disk"),
    ("ditto", WORKFLOW, 'ditto "disk/Jasic Desktop.app" "/Applications/Jasic Desktop.app"'),
    ("hdiutil detach", WORKFLOW, "hdiutil detach -quiet disk"),
    ("codesign --verify", WORKFLOW, 'codesign --verify --deep --strict "/Applications/Jasic Desktop.app"'),
    ('MacOS/jasic-desktop" self-test', WORKFLOW, '"$program" self-test'),
    ('rm -R "/Applications', WORKFLOW, 'rm -R "/Applications/Jasic Desktop.app"'),
    ("kiosk/set-up.sh --policy POLICY.json --boot", KIOSK, "set-up.sh --policy POLICY.json --boot"),
    ("kiosk/set-up.sh --remove", KIOSK, "set-up.sh --remove"),
    ("-- jasic-desktop policy", KIOSK, "runuser -u reading-room -- jasic-desktop policy"),
    ("-- jasic-desktop archive verify", KIOSK, "runuser -u reading-room -- jasic-desktop archive verify"),
    ("session prove-clean", KIOSK, "runuser -u reading-room -- jasic-desktop session prove-clean"),
    ("session end", KIOSK, "runuser -u reading-room -- jasic-desktop session end"),
    ("jasic-desktop policy", POLICY, 'run("policy")'),
    ("fleet apply FOLDER", POLICY, 'run("fleet", "apply", share)'),
    ("fleet report --out REPORTS", POLICY, 'run("fleet", "report", "--out", reports)'),
    ("fleet compare REPORTS", POLICY, 'run("fleet", "compare", reports)'),
    ("packaging/build.py all", WORKFLOW, "python3 packaging/build.py all"),
    ("packaging/build.py macos --data", WORKFLOW, "packaging/build.py macos --data linux"),
)
OF_THE_MACHINE = re.compile(
    r"apt-get install --yes --no-install-recommends|swapoff --all|systemctl (start|stop) jasic-desktop-kiosk"
)
"""What would change the machine that the tests run on, or takes one that was started by systemd."""
BUILDING = re.compile(r"packaging/(build\.py (tar|windows)|dev\.py test) ?")
"""How what is tested is made, and how that is begun: who runs the tests has run it."""


@pytest.fixture
def commands(root: Path) -> list[str]:
    page = (root / "packaging" / "README.md").read_text(encoding="utf-8")
    return [line.strip() for line in page.splitlines() if line.startswith("    ")]


def test_each_command_is_run_somewhere(commands: list[str]) -> None:
    wanted = [command for command in commands if not (BUILDING.search(command) or OF_THE_MACHINE.search(command))]
    assert [line for line in wanted if not any(part in line for part, _, _ in RUN)] == []
    assert [part for part, _, _ in RUN if not any(part in line for line in wanted)] == []


@pytest.mark.parametrize(("part", "path", "words"), RUN)
def test_it_is_run_where_that_is_said(root: Path, part: str, path: str, words: str) -> None:
    assert words in (root / path).read_text(encoding="utf-8"), part

"""Pictures in the reader: room for them, pixels from another process, words instead of them, and in large."""

import pytest
from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.packs.bag import Pack
from jasic_desktop.ui import document_view
from jasic_desktop.ui.document_pictures import fitted
from jasic_desktop.ui.picture_dialog import PictureCanvas, PictureDialog
from jasic_desktop.ui.reader import ReaderPane
from tests.helpers.window import still_coordinator
from tests.ui.conftest import wait_for

PLACE = "pingshan-district"


@pytest.fixture
def coordinator(qapp, used_home, tmp_path):
    made = still_coordinator(used_home, tmp_path / "config")
    made.search = lambda **_: None
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def pane(qtbot, coordinator, monkeypatch):
    monkeypatch.setattr(document_view, "FIRST_SLICE", 60.0)
    made = ReaderPane(coordinator)
    qtbot.addWidget(made)
    made.resize(574, 640)
    made.show()
    made.activateWindow()
    coordinator.open_record(PLACE)
    assert wait_for(lambda: not made.pictures.is_waiting)
    return made


def filling(pane, shown):
    return pane.view.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(shown.name))


def test_a_place_shows_its_maps_in_the_column_with_words_for_who_cannot_see_them(pane, coordinator):
    blocks = [block for block in pane.view.page.blocks if isinstance(block, PictureBlock)]
    assert [block.file for block in blocks] == ["map-pearl-river.png", "map-pingshan-daya-bay.png"]
    assert [shown.block for shown in pane.view.pictures] == blocks
    text = pane.view.document().toPlainText()
    for shown in pane.view.pictures:
        image = filling(pane, shown)
        assert isinstance(image, QImage)
        room = pane.view.viewport().width()
        assert room / 2 < image.width() / image.devicePixelRatio() <= room
        assert image.pixelColor(5, 5).red() > 200  # it holds what was drawn, not the empty place
        cursor = pane.view.textCursor()
        cursor.setPosition(shown.place + 1)
        assert cursor.charFormat().property(QTextFormat.Property.ImageAltText) == shown.block.alt
        medium = next(medium for medium in coordinator.store.archive.media if medium.file == shown.block.file)
        assert medium.caption.en in text
        assert medium.creator in text
    assert "\ufffc" not in (pane.view.selectAll() or pane.view.selected_text())


def test_a_picture_follows_the_width_of_the_column(pane):
    before = filling(pane, pane.view.pictures[0])
    pane.resize(500, 640)
    QApplication.processEvents()
    cursor = pane.view.textCursor()
    cursor.setPosition(pane.view.pictures[0].place + 1)
    width = cursor.charFormat().toImageFormat().width()
    assert width <= pane.view.viewport().width()
    assert width < before.width() / before.devicePixelRatio()
    assert fitted((10, 2000), 400).height() <= 500
    assert fitted((10, 10), 400).width() == 10


def test_the_keyboard_reaches_a_picture_says_it_and_opens_it_large(pane, coordinator):
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    picture = next(link for link in pane.view.links if link.target.startswith("picture:"))
    for _ in pane.view.links:
        if pane.view.focused_link is picture:
            break
        pane.view.step_link(1)
    shown = pane.view.pictures[0]
    assert shown.block.alt in pane.view.accessibleDescription()
    QTest.keyClick(pane.view, Qt.Key.Key_Return)
    (dialog,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PictureDialog)]
    canvas = dialog.canvas
    assert canvas.accessibleName() == shown.block.alt
    assert canvas.accessibleDescription() == coordinator.words("window.picture.keys")
    assert dialog.focusWidget() is canvas
    zoomed_and_moved(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert wait_for(lambda: not dialog.isVisible())


def zoomed_and_moved(canvas: PictureCanvas) -> None:
    whole = canvas.area
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.area == whole  # all of it is seen: there is nothing to move to
    for _ in range(4):
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
    large = canvas.area
    assert large.width() > 2 * whole.width()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.area.x() < large.x()
    for _ in range(200):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.area.x() <= 0.5  # never past its edge
    canvas.zoom_by(1.25, QPointF(10, 10))
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.area == whole
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.area == whole


def test_a_picture_that_is_refused_is_told_of_and_the_page_stands(qtbot, coordinator, monkeypatch):
    told = []
    coordinator.told.connect(lambda *said: told.append(said))
    read = Pack.read
    broken = b"\x89PNG\r\n\x1a\n and no more"
    monkeypatch.setattr(Pack, "read", lambda pack, name: broken if name.endswith(".png") else read(pack, name))
    pane = ReaderPane(coordinator)
    qtbot.addWidget(pane)
    pane.resize(574, 640)
    pane.show()
    coordinator.open_record("aotou")
    assert wait_for(lambda: bool(told) and not pane.pictures.is_waiting)
    assert "map-pingshan-daya-bay.png" in str(told)
    assert pane.view.page.id == "aotou"
    pane.pictures.open(pane.view.pictures[0].name)  # there is nothing to open
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PictureDialog)]

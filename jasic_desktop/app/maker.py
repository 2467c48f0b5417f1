"""Who made a pack, as far as its signature and the keys of this machine tell: the three states, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.regular import UnreadableError
from jasic_desktop.packs.carriers import open_carrier
from jasic_desktop.packs.layout import SIGNATURE, SIGNATURE_BYTES, TAG_BYTES, TAG_MANIFEST
from jasic_desktop.packs.minisign import MinisignFault, read_signature
from jasic_desktop.packs.trust import Signed, judge, trusted_keys
from jasic_desktop.packs.zip_form import ZipFault

if TYPE_CHECKING:
    from jasic_desktop.packs.bag import State, Verification


@dataclass(frozen=True)
class Standing:
    """Whether a copy is whole and who signed it. `damaged` names the files that are not what they should be."""

    state: State
    signed: Signed | None = None
    damaged: tuple[str, ...] = ()

    @classmethod
    def of(cls, result: Verification) -> Standing:
        """What a look at every byte showed."""
        return cls(result.state, result.signed, tuple(dict.fromkeys(p.file for p in result.problems)))

    def words(self, language: Language) -> str:
        """The state in the words that are the same everywhere."""
        if self.state == "damaged":
            return translate("packs.state.damaged", language, files=_listed(self.damaged, language))
        if self.signed is not None and self.signed.signer is not None:
            return translate("packs.state.verified", language, signer=self.signed.signer.name)
        return translate("packs.state.complete", language)

    def short_maker(self, language: Language) -> str:
        """Who signed, in a few words."""
        if self.signed is None:
            return translate("packs.maker.none", language)
        if self.signed.signer is None:
            return translate("packs.maker.key", language, key=self.signed.key)
        return self.signed.signer.name

    def maker(self, language: Language) -> str:
        """What is known of who signed, in one sentence."""
        if self.signed is None:
            return translate("packs.maker.unsigned", language)
        if self.signed.signer is None:
            return translate("packs.maker.unknown_key", language, key=self.signed.key)
        signer = self.signed.signer
        whose = translate(f"packs.maker.{signer.whose}", language)
        return translate("packs.maker.signed", language, signer=signer.name, key=self.signed.key, whose=whose)


def standing_of(place: Path, fingerprint: str, places: Places) -> Standing:
    """The standing of a pack that was verified when it was opened: only its signature is looked at, not its bytes."""
    carrier = open_carrier(place)
    try:
        if SIGNATURE not in carrier.files:
            return Standing("complete")
        manifest = carrier.read(TAG_MANIFEST, TAG_BYTES)
        if hashlib.sha512(manifest).hexdigest() != fingerprint:
            return Standing("damaged", damaged=(TAG_MANIFEST,))
        signature = read_signature(carrier.read(SIGNATURE, SIGNATURE_BYTES))
        signed = judge(signature, manifest, trusted_keys(places).keys)
    except (UnreadableError, ZipFault, MinisignFault, KeyError):
        return Standing("damaged", damaged=(SIGNATURE,))
    finally:
        carrier.close()
    if signed is None:
        return Standing("damaged", damaged=(SIGNATURE,))
    return Standing("verified" if signed.signer is not None else "complete", signed)


def _listed(files: Sequence[str], language: Language, most: int = 3) -> str:
    shown = translate("render.punctuation.list", language).join(file or "?" for file in files[:most])
    return shown if len(files) <= most else translate("packs.state.and_more", language, files=shown)

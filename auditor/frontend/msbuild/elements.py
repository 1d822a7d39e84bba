"""A project file comes in, its XML elements go out; one that is none, or would do harm, is refused."""

# Paths are text throughout the front end: clang gives and takes them so:

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from auditor.frontend.texts import Unreadable, read_source
from auditor.model.sources import decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 4 * 2**20
"""Of one file; those of the largest drivers have a tenth."""


class Refused(Exception):
    """A project that is not used; ``args[0]`` says why, as the end of a sentence."""


def elements(path: str) -> tuple[Element, int]:
    """The root element of the file ``path`` (absolute), and the file's size in bytes.

    Read as Visual Studio writes it, in UTF-8 or UTF-16. Document types are refused with all that can stand in
    them: entities that grow, and entities that are other files. Raises Refused.
    """
    from defusedxml import DefusedXmlException  # few trees have a project
    from defusedxml.ElementTree import fromstring

    try:
        data, _ = read_source(path)
        if len(data) > MOST_BYTES:
            raise Refused(f"is larger than {MOST_BYTES >> 20} MB")
        return fromstring(decode(data), forbid_dtd=True), len(data)
    except Unreadable as why:
        raise Refused(str(why)) from why
    except DefusedXmlException as why:
        raise Refused("has a document type, which no project needs") from why
    except (ParseError, ValueError) as why:
        raise Refused(f"is not XML: {why}") from why


def kind(element: Element) -> str:
    """An element's name, without its name space, in small letters: MSBuild tells no case of most names."""
    return element.tag.rpartition("}")[2].lower()


def attribute(element: Element, name: str) -> str:
    """The attribute ``name``, "" when there is none."""
    return element.get(name, "")

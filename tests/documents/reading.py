"""读回: a Word file as it was written."""

from io import BytesIO
from zipfile import ZipFile

import docx
from lxml import etree

from tizhi.base.documents.word import write_word


def opened(document, images=None):
    return docx.Document(BytesIO(write_word(document, images)))


def xml(document, part="word/document.xml"):
    with ZipFile(BytesIO(write_word(document))) as archive:
        return etree.fromstring(archive.read(part))


def found(file, text):
    return next(each for each in file.paragraphs if each.text == text)


def mm(length):
    return round(length.mm, 1)

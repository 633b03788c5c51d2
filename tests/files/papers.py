"""Uploads for the tests, made with the tools people make them with."""

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name, content):
    return SimpleUploadedFile(name, content)


def photo(name="现场.jpg", kind="JPEG", size=(64, 48), exif=None, mode="RGB", **options):
    written = io.BytesIO()
    image = Image.new("RGBA", size, "#ffffff00" if mode == "RGBA" else "white")
    # One dark corner tells which way is up.
    image.paste("black", (0, 0, size[0] // 4, size[1] // 4))
    image.convert(mode).save(written, kind, **({"exif": exif} if exif else {}), **options)
    return upload(name, written.getvalue())


def taken_lying_down_in_xining(name="现场.jpg"):
    """A phone held upright stores its picture lying, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x0110] = "Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 37.0, 0.0), 3: "E", 4: (101.0, 46.0, 0.0)})
    return photo(name, exif=exif, comment=b"private")


def claiming(width, height):
    """A small PNG that says it is huge."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    idat = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", idat) + chunk(b"IEND", b"")


def word():
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("赴阿坝师范学院开展第一轮调研")
    document.save(written)
    return written.getvalue()


def excel():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write(0, 0, "学校")
    return written.getvalue()


def archive(**entries):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, text in entries.items():
            packed.writestr(name.replace("__", "."), text)
    return written.getvalue()


def with_macros():
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("[Content_Types].xml", types)
    return written.getvalue()


def compound(stream):
    """As much of an old Office file as tells which one it is."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + stream.encode("utf-16-le") + b"\0" * 500

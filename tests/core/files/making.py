"""Real files, good and bad, made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import openpyxl
import xlwt
from PIL import Image, PngImagePlugin, TiffImagePlugin


@dataclass
class Handed:
    """An upload as Django hands it over."""

    name: str | None
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), 65536):
            yield self.content[start : start + 65536]


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options) -> bytes:
    image = Image.effect_noise(size, 60).convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo_with_location() -> bytes:
    """As a phone makes it: turned, with place, device and thumbnail."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "PhoneMaker"
    degrees = tuple(TiffImagePlugin.IFDRational(number) for number in (32, 37, 55))
    exif.get_ifd(0x8825).update({1: "N", 2: degrees, 3: "E", 4: degrees})
    return picture("JPEG", exif=exif)


def png_with_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "taken at the dormitory")
    return picture("PNG", pnginfo=info)


def png_claiming(width: int, height: int) -> bytes:
    """A few hundred bytes that decode to width × height pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width // 8) * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def word(text: str = "复工申请") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("台账").append(["企业", "人数"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_excel() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("企业").write(0, 0, "名称")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
        packed.comment = comment
    return out.getvalue()


def with_part(document: bytes, name: str, content: bytes) -> bytes:
    """The office file with one more part inside."""
    out = io.BytesIO(document)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def pdf(extra: bytes = b"", tail: bytes = b"") -> bytes:
    """A whole small PDF with a right cross-reference table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue() + tail


def program() -> bytes:
    """The start of a Windows program."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(400)

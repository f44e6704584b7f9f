"""Pictures are decoded and written anew: only what can be seen is kept."""

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from fugong.core.files import refusing
from fugong.core.files.kinds import FileKind

MAX_MEGAPIXELS = 64
# A JPEG with a second picture (MPO, as some phones write) opens as JPEG too; the first is the photograph.
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_QUALITY = 90


def rewritten(path: Path, kind: FileKind) -> bytes:
    """The picture alone, upright, in its own format: no location, no device, no thumbnail, nothing appended.

    Raises FileRefused for a picture that cannot be decoded whole, or has too many pixels to decode safely.
    """
    try:
        with Image.open(path, formats=[_FORMATS[kind]]) as image:
            if image.width * image.height > MAX_MEGAPIXELS * 1_000_000:
                raise refusing.too_many_pixels(MAX_MEGAPIXELS)
            image.load()
            return _written(ImageOps.exif_transpose(image), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusing.too_many_pixels(MAX_MEGAPIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise refusing.damaged(kind) from None


def _written(image: Image.Image, kind: FileKind) -> bytes:
    plain = _plain(image, kind)
    out = io.BytesIO()
    if kind is FileKind.PNG:
        plain.save(out, "PNG")
    else:
        plain.save(out, _FORMATS[kind], quality=_QUALITY)
    return out.getvalue()


def _plain(image: Image.Image, kind: FileKind) -> Image.Image:
    """A fresh picture with the pixels only; `info` carries metadata that some writers would repeat."""
    mode = "RGB" if kind is FileKind.JPEG else "RGBA" if image.has_transparency_data else "RGB"
    converted = image.convert(mode)
    converted.info.clear()
    return converted

"""Check that pictures lose everything but their pixels, and that masks hide."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from diapason.context.files.images import LONGEST_SIDE, cleaned
from diapason.context.files.rules import BadFile, Box


def jpeg(size=(400, 200), orientation=1, secret="48.39N 4.49W"):
    """Return a photograph with a place, a comment and trailing bytes; its left half is red, its right half blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = f"Camera {secret}"
    exif[0x8825] = {1: "N", 2: (48.0, 23.0, 24.0)}
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif, comment=secret.encode(), quality=95)
    return stream.getvalue() + secret.encode()


def opened(data):
    """Return the picture of bytes."""
    return Image.open(io.BytesIO(data))


def test_a_photograph_keeps_its_pixels_only():
    data = cleaned(jpeg())
    picture = opened(data)
    assert not picture.getexif() and "comment" not in picture.info and b"48.39N" not in data
    red, blue = picture.getpixel((50, 100)), picture.getpixel((350, 100))
    assert red[0] > 200 > red[2] and blue[2] > 200 > blue[0]


def test_a_turned_photograph_stands_upright_without_its_mark():
    picture = opened(cleaned(jpeg(orientation=6)))
    assert picture.size == (200, 400)
    assert picture.getpixel((100, 50))[0] > 200


def test_a_drawing_loses_text_and_keeps_its_format():
    info = PngInfo()
    info.add_text("Author", "Somebody")
    stream = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(stream, "PNG", pnginfo=info)
    data = cleaned(stream.getvalue() + b"trailing")
    picture = opened(data)
    assert picture.format == "PNG" and b"Somebody" not in data and b"trailing" not in data
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_masks_hide_what_lies_under_them():
    picture = opened(cleaned(jpeg(), [Box(0.5, 0, 0.6, 1)]))
    assert max(picture.getpixel((300, 100))) < 20 and picture.getpixel((100, 100))[0] > 200
    for wrong in (Box(-0.1, 0, 1, 1), Box(0, 0, 0, 1), Box(0, 1.5, 1, 1)):
        with pytest.raises(ValueError, match="fractions"):
            cleaned(jpeg(), [wrong])


def test_large_pictures_are_made_smaller():
    assert max(opened(cleaned(jpeg(size=(3000, 1000)))).size) == LONGEST_SIDE


def bomb():
    """Return a small file that says it is 30,000 pixels wide and high."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n rubbish", b"\xff\xd8\xff rubbish", jpeg()[:300], bomb(), b""]
)
def test_broken_pictures_and_bombs_are_refused(data):
    with pytest.raises(BadFile):
        cleaned(data)

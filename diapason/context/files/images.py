"""Take metadata out of pictures (place, time, camera, thumbnail) and blacken what must not be seen."""

import io
from collections.abc import Iterable
from typing import Any, Final

from diapason.context.files.rules import BadFile, Box
from diapason.kernel.words import message

MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 2_400
QUALITY: Final = 85
BROKEN: Final = message("The picture cannot be read.")
TOO_MANY_PIXELS: Final = message("The picture has more than %(megapixels)s million pixels.")


def cleaned(data: bytes, masks: Iterable[Box] = ()) -> bytes:
    """Return a PNG or JPEG drawn anew from its pixels only: upright, at most 2,400 pixels a side, masks black.

    Nothing else is taken over: EXIF, XMP, comments, colour profile, thumbnail, trailing bytes. BadFile when the
    picture cannot be read or would unpack to more than 40 million pixels; ValueError for a box outside 0 to 1.
    """
    from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

    boxes = tuple(masks)
    if any(
        not (0 <= box.left <= 1 and 0 <= box.top <= 1 and box.width > 0 and box.height > 0) for box in boxes
    ):
        raise ValueError("a mask lies in fractions of the picture")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as source:
            if source.width * source.height > MOST_PIXELS:
                raise BadFile(TOO_MANY_PIXELS, megapixels=MOST_PIXELS // 1_000_000)
            is_png = source.format == "PNG"
            source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright: Any = ImageOps.exif_transpose(source)
            picture = _flat(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadFile(BROKEN) from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawing = ImageDraw.Draw(picture)
    for box in boxes:
        right, bottom = min(1.0, box.left + box.width), min(1.0, box.top + box.height)
        corners = (
            box.left * picture.width,
            box.top * picture.height,
            right * picture.width,
            bottom * picture.height,
        )
        drawing.rectangle(corners, fill="black")
    stream = io.BytesIO()
    if is_png:
        picture.save(stream, "PNG", optimize=True)
    else:
        picture.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()


def _flat(picture: Any) -> Any:
    """Return the pixels alone, in red, green and blue, transparency on white."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(ground, layer)
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture.convert("RGB"))
    return fresh

"""What each visit of a page looks for is found when it is there: faults are planted into a page that has none."""

from collections.abc import Callable
from typing import Any

ADDED = "document.querySelector('main').insertAdjacentHTML('beforeend', `%s`)"
SMALL = "<button class='planted' aria-label='%s'></button>"
FAULTS = {
    "label at input": ADDED % "<input name='nameless'>",
    "image-alt at img": ADDED % "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
    "button-name at #content > button": ADDED % "<button></button>",
    "color-contrast at .planted": f"""{ADDED % "<p class='planted'>pale words</p>"};
        document.querySelector('.planted').style.cssText = 'color: #bbb; background: #fff'""",
    "target-size at button": f"""{ADDED % (SMALL % "one" + SMALL % "two")};
        for (const each of document.querySelectorAll('.planted')) {{
          each.style.cssText = 'width: 9px; height: 9px; min-width: 0; min-height: 0; padding: 0; border: 0'; }}""",
    "px wider than its window": f"""{ADDED % "<div class='planted'></div>"};
        document.querySelector('.planted').style.cssText = 'width: 3000px; height: 1px'""",
    "warning: planted": "console.warn('planted')",
    "error: planted": "setTimeout(() => { throw new Error('planted') })",
    "a status of 404": "fetch('/static/there-is-none')",
    "Content Security Policy": ADDED % "<img alt='' src='https://elsewhere.example/picture.png'>",
}
"""What is said of a fault, and how it comes into a page."""


def test_what_is_planted_is_found(visitor: Callable[..., Any]) -> None:
    who, unseen = visitor(), []
    who.open("/events/anonymous/follow/")
    who.check_page()
    for said, planted in FAULTS.items():
        page = who.open("/events/anonymous/follow/")
        page.evaluate(f"() => {{ {planted} }}")
        page.wait_for_timeout(100)
        try:
            who.check_page()
        except AssertionError as found:
            if said not in str(found):
                unseen.append(f"{said}: {found}")
        else:
            unseen.append(said)
        who.said.clear()
    assert not unseen, "\n".join(unseen)

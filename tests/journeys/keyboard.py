"""Use a page by the keyboard alone, as a person without a mouse does; each stop must show where it is."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

STOP = """target => {
  const at = document.activeElement;
  if (!at || at === document.body) return {there: false, wrong: ''};
  const outlined = each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  };
  const box = at.getBoundingClientRect();
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const shown = outlined(at) || (at.parentElement && outlined(at.parentElement));
  const words = at.getAttribute('aria-label') || at.innerText || at.name || '';
  const name = `${at.tagName.toLowerCase()} “${words.trim().slice(0, 40)}”`;
  const wrong = !inside ? 'is out of sight' : !shown ? 'shows no outline' : '';
  return {there: at === target, wrong: wrong && `${name} has the focus and ${wrong}`};
}"""
"""Say whether the focus is on the target, and what is wrong with how it shows."""


@dataclass
class Keyboard:
    """Be the two hands of somebody without a mouse on one page."""

    page: Page
    stops: int = 0

    def to(self, target: Locator, most: int = 200) -> None:
        """Tab to an element; each stop on the way, the last one too, must show its focus."""
        wanted = target.element_handle()
        for _ in range(most):
            self.page.keyboard.press("Tab")
            self.stops += 1
            found = self.page.evaluate(STOP, wanted)
            assert not found["wrong"], f"{self.page.url}: {found['wrong']}"
            if found["there"]:
                return
        raise AssertionError(f"{self.page.url}: {most} tabs do not reach {target}")

    def past_the_menu(self) -> None:
        """Take the first link of the page, which leads over the menu; a filtered list opens there by itself."""
        if self.page.url.endswith("#content"):
            return
        self.press("Tab", "Enter")
        self.page.wait_for_function(
            "() => document.activeElement.id === 'content' || location.hash === '#content'"
        )

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type in what has the focus, in place of what is there."""
        self.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, target: Locator, label: str) -> None:
        """Tab to a list and choose by typing the beginning of what it says."""
        self.to(target)
        self.page.keyboard.type(label)
        said = target.evaluate("list => list.selectedOptions[0].label")
        assert said.startswith(label), f"{self.page.url}: typing {label} chooses {said}"

    def day(self, target: Locator, digits: str) -> None:
        """Tab to a date and type it; day and month are the same, since their order follows the language."""
        self.to(target)
        self.page.keyboard.type(digits)
        year, month = digits[4:], digits[2:4]
        assert target.input_value() == f"{year}-{month}-{digits[:2]}"

    def go(self, target: Locator, key: str = "Enter") -> None:
        """Tab to a link or button, press it and wait for the page where it leads."""
        self.to(target)
        self.leave(key)

    def leave(self, key: str = "Enter") -> None:
        """Press a key and wait for the page where it leads."""
        with self.page.expect_navigation():
            self.press(key)

"""Names on the map: each where there is room, none over another, what presses always named."""

from diapason.ui.maps import WIDTH, Point, placed


def point(x: float, y: float, label: str, state: str = "unk") -> Point:
    return Point((2271.2 - y) / 44.08, (x - 173.4) / 31.58, label, "#", state)


def test_names_do_not_overlap() -> None:
    crowd = [point(100 + 13 * at, 200 + 5 * (at % 3), f"Centre {at}") for at in range(12)]
    named = [one for one in placed(crowd) if one.is_named]
    boxes = [one.box(one.side) for one in named]
    assert 1 <= len(named) < 12
    for at, first in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert (
                first[2] <= other[0] or other[2] <= first[0] or first[3] <= other[1] or other[3] <= first[1]
            )


def test_a_name_in_the_east_stands_on_the_left() -> None:
    (east,) = placed([point(WIDTH - 20, 100, "Strasbourg")])
    assert east.is_east


def test_what_presses_is_named_and_what_conforms_is_not() -> None:
    shown = placed(
        [point(100, 100, "Ici", "bad"), point(104, 102, "Là", "warn"), point(300, 300, "Calme", "ok")]
    )
    assert [one.is_named for one in shown] == [True, True, False]

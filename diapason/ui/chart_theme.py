"""Hold our Vega-Lite theme: grey context, one strong colour, thin lines, Inter; and the words of dates and numbers."""

from typing import Any, Final

INK, MUTE, LINE, TEAL, CONTEXT = "#1f2a44", "#5d6578", "#e5e2da", "#0f766e", "#b9bdc7"
FONT: Final = "Inter"

CONFIG: Final[dict[str, Any]] = {
    "background": None,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": LINE,
        "gridWidth": 1,
        "labelColor": MUTE,
        "labelFontSize": 11,
        "labelPadding": 6,
        "titleColor": MUTE,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "labelFont": FONT,
        "titleFont": FONT,
    },
    "axisX": {"grid": False, "domain": True, "domainColor": LINE, "labelOverlap": True},
    "axisY": {"titleAnchor": "end", "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0},
    "axisBand": {"grid": False},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 11,
        "titleColor": MUTE,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "orient": "top",
        "offset": 26,
        "symbolType": "circle",
    },
    "header": {"labelColor": INK, "titleColor": MUTE, "labelFontSize": 11, "titleFontSize": 11},
    "title": {"color": INK, "fontSize": 13, "fontWeight": 600, "anchor": "start"},
    "text": {"color": INK, "fontSize": 11, "font": FONT},
    "line": {"color": TEAL, "strokeWidth": 2, "strokeCap": "round"},
    "area": {"color": "#e3f1ef", "line": {"color": TEAL}, "opacity": 1},
    "bar": {"color": TEAL, "cornerRadiusEnd": 3},
    "point": {"color": TEAL, "filled": True, "size": 46, "opacity": 1},
    "circle": {"color": TEAL, "size": 46, "opacity": 1},
    "rule": {"color": MUTE},
    "tick": {"color": TEAL, "thickness": 2},
    "rect": {"color": TEAL},
    "range": {"category": [TEAL, CONTEXT, "#6d4fb3", "#b45309", "#56637a", "#b42318"]},
}

NUMBERS: Final = {
    "fr": {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u00a0€"],
        "percent": "\u00a0%",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "percent": "%"},
}
DATES: Final = {
    "fr": {
        "dateTime": "%A %e %B %Y à %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": [
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ],
        "shortMonths": [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
    },
    "en": {
        "dateTime": "%a %e %b %X %Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": [
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}  # fmt: skip

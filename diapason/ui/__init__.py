"""Give every screen its shell, its components and its two kinds of view.

What: `@reads` and `@writes`, the page shell, navigation, links between records, panels, lists, forms, charts.
Records owned: none. It knows no chapter: chapters register what they show (ISO 9001 §7.4, §7.5.3).
"""

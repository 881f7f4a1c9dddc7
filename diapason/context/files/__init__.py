"""Keep the files that prove a record: evidence of an action, photo of a place (ISO 9001 §7.5.3).

Owns the kept files and their bytes. Does not decide who may add or remove one (the chapter of the record does) and
holds no controlled documents (support/documents). Beside the anatomy: `store` writes bytes under their digest,
`images` takes metadata out of pictures and masks them, `readers` asks the chapter of a record who may read its files.
"""

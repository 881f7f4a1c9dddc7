"""Take rows over from spreadsheets, and give them back.

`columns` says what a column holds, `raw` reads CSV, TSV, pasted text, XLSX and ODS, `reading` sorts rows into good ones
and faults, `workbooks` writes the model and exports, `taking` is the form with its preview and confirmation.
"""

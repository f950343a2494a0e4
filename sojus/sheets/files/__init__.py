"""Files of spreadsheets as they are made: in come bytes of others, out comes one table, or one sentence about the file.

How it works: `reading.read_table` looks at the bytes (never at the name) and asks `delimited` (CSV) or `workbook`
(XLSX: `parts` opens the zip within a budget, `grid` takes the cells of one sheet). `written` writes both.
Nothing here knows what a place is.
"""

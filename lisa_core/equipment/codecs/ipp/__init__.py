"""IPP, the Internet Printing Protocol: `values` with their syntax, `message` and its bytes, `words` for its numbers.

Sources: RFC 8010 (encoding), RFC 8011 (operations, attributes, states), PWG 5100.14 (IPP Everywhere). A message is the
body of an HTTP POST of the type application/ipp; numbers are big-endian.

    version 2 x u8 | operation or status u16 | request-id u32 | groups ... | 03 | the document, where there is one
    group:         delimiter u8 (01 operation, 02 job, 04 printer, 05 unsupported) | attributes ...
    attribute:     tag u8 | name-length u16 | name | value-length u16 | value
    further value: tag u8 | 00 00           |      | value-length u16 | value
    collection:    34 name 00 00 | (4a 00 00 member-name | member's value ...) ... | 37 00 00 00 00

    02 00 0002 00000001 | 01 | 47 0012 attributes-charset 0005 utf-8 | ... | 03 | %PDF-1.7 ...     Print-Job
"""

"""Tables of a Landkreis's file that are read beside `config.directory`, each with its own schema and its own faults.

`directory_media`: over which servers picture and sound of a call may go.
"""

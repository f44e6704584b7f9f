"""Lists that people hand in: from the bytes of a file to its sheets, its heading and the values of its cells.

Owns reading .xlsx, .xls and .csv at their true places, what is wrong with a file as a whole, and how common
values are written. Does not own what a list is about: each context says which columns it knows.
"""

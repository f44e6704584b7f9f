"""Lists of people that leave the system: kept for some hours, for one receiver, marked in the data.

Owns what was taken out by whom and what for, its downloads, and finding the receiver of a file again. Which
list may be taken out by whom is said by `fugong.core.exporting` and the pages. See
docs/adr/0013-marked-lists.md.
"""

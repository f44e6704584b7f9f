"""A locality's history, replayed through the public operations: nothing here writes a row or a result itself.

A scenario is a folder of data files; this context reads them and does what they tell, as the people they
name, at the times they name.
"""

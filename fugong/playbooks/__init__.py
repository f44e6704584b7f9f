"""Playbooks: a locality's policy as data, and which version of it is in force.

Owns: the shape of a playbook file, the checks that refuse a wrong one, what it decides (routes, deadlines,
papers), the library, and the versions an authority has put in force.
Does not own: the facts it decides on. Contexts above publish them.
"""

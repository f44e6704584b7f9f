"""Why something about the machine cannot be done."""


class HostingFault(Exception):
    """`str()` is one or two plain sentences for the person at the terminal, with the remedy."""

"""The path of a scan: from the bytes of the request to the durable row, and only then the answer.

A delivery module and a process of its own: it knows no views, no sessions and no ORM, so that a scan costs
microseconds where a page costs milliseconds. What it decides by is `rules`, as everywhere.
"""

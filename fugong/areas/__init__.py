"""The authority (tenant) and its tree of areas: towns, parks, villages, grids, places.

It owns names, codes and who lies inside whom. It does not own people, enterprises or any rule about them.
"""

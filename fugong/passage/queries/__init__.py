"""Reading gates, codes and passages."""

from fugong.passage.queries.venue_use import VenueUse, list_without_code, use_of_venues
from fugong.passage.queries.venues import (
    Came,
    address_of,
    came_lately,
    find_venue,
    list_venues,
    open_presences,
    poster_of,
    screen_key_of,
    server_key,
)

__all__ = [
    "Came",
    "VenueUse",
    "address_of",
    "came_lately",
    "find_venue",
    "list_venues",
    "list_without_code",
    "open_presences",
    "poster_of",
    "screen_key_of",
    "server_key",
    "use_of_venues",
]

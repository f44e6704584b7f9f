"""The register of enterprises and what stands beside it: names found by their characters, standing, premises.

Owns who is in the parks, since when, what the register said at each moment, and whether an enterprise works
(`Standing`, written when a context above decides). Does not own applications, reports or difficulties: those
put their sections on the enterprise's page through `web.sections`. Who answers for whom is kept in accounts.
"""

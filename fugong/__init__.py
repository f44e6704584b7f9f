"""Fugong : the system of five published reports, as software a park or district can run."""

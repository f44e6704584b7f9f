"""Programs for those who build Fugong; none of them is part of it."""

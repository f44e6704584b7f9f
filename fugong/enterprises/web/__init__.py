"""The register's pages: the list, an enterprise, its forms, the import, and who answers for whom."""

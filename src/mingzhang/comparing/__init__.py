"""Two disclosures beside each other: versions, years, a file against its data."""

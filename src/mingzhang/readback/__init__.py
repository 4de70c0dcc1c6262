"""Published files to Disclosures: one module a format, one recogniser for all."""
